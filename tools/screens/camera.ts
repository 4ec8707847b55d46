import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import upng from 'upng-js';
import { type Look, openPage, person } from '../../test/browser/browser.ts';

export const FOLDER = fileURLToPath(new URL('../../docs/screens', import.meta.url));

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** More would be there for nobody: antialiased text has many, and they look the same. It is a third of the size. */
const COLOURS = 256;
/** A page that follows a run never falls silent. */
const SILENT_MS = 1500;
const PATIENCE_MS = 30_000;

export type Camera = ReturnType<typeof camera>;

/** What has to be seen, or done, before the picture is taken. */
export type Ready = (page: Page, language: Language) => Promise<unknown>;

/**
 * Takes pictures, in both languages, each person with a window of their size. `chosen` numbers alone, or all; what comes
 * before a picture that is not chosen is not done, so a scene stands on the server's state and never on another's page.
 */
export function camera(browser: Browser, address: string, chosen: readonly string[]) {
  const windows = new Map<string, Promise<BrowserContext>>();
  const faults: string[] = [];
  const pictures = new Set<string>();
  let bytes = 0;
  return { shoot, scene, wants, clear, end: () => ({ pictures, bytes, faults }) };

  /** One picture in each language, after another or, where the moment passes, together. */
  async function shoot(
    name: string,
    path: string,
    ready: Ready,
    { look = {}, together = false }: { readonly look?: Look; readonly together?: boolean } = {},
  ): Promise<void> {
    if (!wants(name)) return;
    const one = (language: Language) =>
      scene(`${name}, ${language}`, () => take(name, path, ready, { ...look, language }));
    if (together) await Promise.all(LANGUAGES.map(one));
    else for (const language of LANGUAGES) await one(language);
  }

  /** Whether one of these pictures was asked for; all are where none is. */
  function wants(...names: readonly string[]): boolean {
    return chosen.length === 0 || names.some((name) => chosen.some((number) => name.startsWith(number)));
  }

  /** What fails is told at the end. */
  async function scene(name: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      faults.push(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    }
  }

  async function take(name: string, path: string, ready: Ready, look: Look & { readonly language: Language }) {
    const key = JSON.stringify(look);
    const window = windows.get(key) ?? person(browser, look);
    windows.set(key, window);
    const context = await window;
    context.setDefaultTimeout(PATIENCE_MS);
    const { page } = await openPage(context, address + path);
    try {
      await ready(page, look.language);
      await page.waitForLoadState('networkidle', { timeout: SILENT_MS }).catch(() => {});
      await page.evaluate(() => document.fonts.ready);
      await develop(await page.screenshot(), join(FOLDER, look.language), `${name}.png`);
    } finally {
      await page.close();
    }
  }

  /** Pictures of screens that are no more. */
  async function clear(): Promise<void> {
    for (const { name, parentPath } of await readdir(FOLDER, { recursive: true, withFileTypes: true })) {
      const file = join(parentPath, name);
      if (name.endsWith('.png') && !pictures.has(file)) await rm(file);
    }
  }

  async function develop(shot: Buffer, folder: string, name: string): Promise<void> {
    const image = upng.decode(shot);
    const picture = new Uint8Array(upng.encode(upng.toRGBA8(image), image.width, image.height, COLOURS));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), picture);
    pictures.add(join(folder, name));
    bytes += picture.length;
  }
}
