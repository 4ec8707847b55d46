import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';

/** The first file of a backup: what it is, what is in it, and the key of the secrets where a passphrase seals it. */
export const MANIFEST = 'manifest.json';
export const BACKUP_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Nothing but the data file and files of known folders: no path leads anywhere else. */
const path = z
  .string()
  .max(500)
  .regex(/^(comptoir\.db|(delivered|customers|hooks|languages)(\/[^/\\:\0]+)+)$/)
  .refine((text) => text.split('/').every((name) => name !== '.' && name !== '..'), 'leaves its folder');

const sealedKey = z.strictObject({
  salt: z.string().max(100),
  nonce: z.string().max(100),
  tag: z.string().max(100),
  sealed: z.string().max(200),
});

export const manifestSchema = z.object({
  format: z.literal('comptoir-backup'),
  version: z.int().min(1),
  app: z.string().max(50),
  madeAt: z.iso.datetime(),
  /** The data folder it was made of. */
  home: z.string().max(4000),
  profiles: z.array(z.string().max(200)).max(100_000),
  transferred: z.int().min(0),
  key: sealedKey.nullable(),
  files: z
    .array(z.strictObject({ path, bytes: z.int().min(0), sha256 }))
    .min(1)
    .max(1_000_000),
});

export type Manifest = z.infer<typeof manifestSchema>;

const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 128 * 2 ** 15 * 8 * 2 };
const CONTEXT = Buffer.from('comptoir-backup/key');

export function sealKey(key: Buffer, passphrase: string): z.infer<typeof sealedKey> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(passphrase, salt), nonce);
  cipher.setAAD(CONTEXT);
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  const texts = [salt, nonce, cipher.getAuthTag(), sealed].map((bytes) => bytes.toString('base64'));
  const [saltText = '', nonceText = '', tag = '', sealedText = ''] = texts;
  return { salt: saltText, nonce: nonceText, tag, sealed: sealedText };
}

/** The key, or null when it is another passphrase. */
export function unsealKey({ salt, nonce, tag, sealed }: z.infer<typeof sealedKey>, passphrase: string): Buffer | null {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(passphrase, bytes(salt)), bytes(nonce), {
      authTagLength: 16,
    });
    decipher.setAAD(CONTEXT);
    decipher.setAuthTag(bytes(tag));
    return Buffer.concat([decipher.update(bytes(sealed)), decipher.final()]);
  } catch {
    return null; // the tag does not fit
  }
}

function keyFrom(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, COST);
}
