import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The browser's application, built into `build/web`, which the server serves as it stands. */
export default defineConfig({
  root: at('src/web'),
  plugins: [react()],
  // Every file is served by us under its own address: no inline data, so that the page's policy can forbid it.
  build: {
    outDir: at('build/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 1400,
  },
});
