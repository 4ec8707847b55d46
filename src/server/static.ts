import type { Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Context } from 'hono';

/** The web app's files by address: what is not in the list is not served, so no path can lead elsewhere. */
export type StaticFiles = { readonly answer: (context: Context) => Promise<Response> };

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const NOT_BUILT = 'The web app is not built. Build it with: npm start\n';

export function staticFiles(folder: string | null): StaticFiles {
  let listed: { readonly at: number; readonly paths: ReadonlySet<string> } | null = null;
  return { answer };

  async function answer(context: Context): Promise<Response> {
    const paths = await filesNow();
    const asked = decoded(new URL(context.req.url).pathname);
    const path = asked !== null && paths.has(asked) ? asked : null;
    // Addresses of pages are the browser's business: each is the same page. A missing file is missing.
    if (path === null && (asked === null || isFile(asked))) return context.text('', 404);
    if (folder === null || (path === null && !paths.has('/index.html'))) return context.text(NOT_BUILT, 503);
    return file(context, folder, path ?? '/index.html');
  }

  /** The list, renewed when the app was built again under a living server. */
  async function filesNow(): Promise<ReadonlySet<string>> {
    const index = folder === null ? null : await statOrNull(join(folder, 'index.html'));
    if (folder === null || index === null) return new Set();
    if (listed === null || listed.at !== index.mtimeMs) listed = { at: index.mtimeMs, paths: await listFiles(folder) };
    return listed.paths;
  }
}

/** An address of a file rather than of a page: the key of a document may have a point in it. */
function isFile(path: string): boolean {
  return path.startsWith('/assets/') || (extname(path) !== '' && !/^\/p\/[^/]+\/documents\//.test(path));
}

async function file(context: Context, folder: string, path: string): Promise<Response> {
  const place = join(folder, path);
  const { size, mtimeMs } = await stat(place);
  const tag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
  // Files under /assets bear a hash of their content in their name.
  const headers = {
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    etag: tag,
  };
  if (context.req.header('if-none-match') === tag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await readFile(place)), { headers });
}

async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(folder.length)}/${entry.name}`.replaceAll('\\', '/'));
  return new Set(paths);
}

async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
