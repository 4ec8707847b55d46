import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of the data folder that its state needs; delivered files are kept in `delivered`, wherever they were put. */
export const FOLDERS = ['delivered', 'customers', 'hooks', 'languages'] as const;
export const DATABASE = 'comptoir.db';

export type FileFacts = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** The files of those folders, with `/` between names whatever the system. */
export async function filesOf(home: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true }).catch((error) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const entry of entries)
      if (entry.isFile())
        found.push(
          join(entry.parentPath, entry.name)
            .slice(home.length + 1)
            .replaceAll('\\', '/'),
        );
  }
  return found.sort();
}

export async function factsOf(home: string, path: string): Promise<FileFacts> {
  const full = join(home, path);
  const hash = createHash('sha256');
  for await (const part of createReadStream(full)) hash.update(part);
  return { path, bytes: (await stat(full)).size, sha256: hash.digest('hex') };
}
