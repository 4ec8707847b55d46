import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

/**
 * Passwords are kept as scrypt hashes with their parameters, in the way of PHC strings: `$scrypt$ln=15,r=8,p=3$salt$hash`.
 * These cost 32 MB and about a fifth of a second (OWASP's table); a hash made with others is still read.
 */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive = promisify(scrypt) as (
  password: Buffer,
  salt: Buffer,
  bytes: number,
  options: { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number },
) => Promise<Buffer>; // the overload with options

export const MIN_PASSWORD = 10;
/** A password that somebody chooses; any characters, and no rule but its length (NIST SP 800-63B). */
export const newPassword = z.string().min(MIN_PASSWORD, 'too-short').max(200);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await hashWith(password, salt, COST);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(salt)}$${base64(hash)}`;
}

/** Whether it is the password of the hash. `null`, of nobody, is never right and costs the same time. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const { cost, salt, hash } = parsed(kept ?? NOBODY);
  const given = await hashWith(password, salt, cost);
  return timingSafeEqual(given, hash) && kept !== null;
}

type Cost = { readonly ln: number; readonly r: number; readonly p: number };

/** Letters that look the same are the same (NFKC): keyboards compose them differently. */
function hashWith(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  return derive(Buffer.from(password.normalize('NFKC')), salt, HASH_BYTES, { N, r, p, maxmem: 128 * N * r * 2 });
}

function parsed(kept: string): { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer } {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(kept);
  if (match === null) throw new TypeError('A kept password is not a scrypt hash');
  const [, ln, r, p, salt = '', hash = ''] = match;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
const NOBODY = `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(HASH_BYTES))}`;
