import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vitest/config';

// Two passes: the room with the visual language first, then the field alone (`--mode field`), so that a phone
// fetches one small script with nothing of the room in it. Everything is served from the hub itself under a
// strict policy, so nothing may be inlined as a data address.
const PASSES: Record<string, Record<string, string>> = { field: { field: 'field.html' }, production: { room: 'room.html', look: 'look.html' } };

// The letters of printed reports (src/tripoint/reports/fonts.py), beside the pages under names that do not change.
const LETTERS = ['latin', 'latin-ext', 'arabic'].flatMap((script) => ['400', '600'].map((weight) => `${script}-${weight}`));
const letters: Plugin = {
  name: 'letters-of-reports',
  generateBundle() {
    for (const name of LETTERS) {
      const file = `node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-${name}-normal.woff`;
      this.emitFile({ type: 'asset', fileName: `letters/${name}.woff`, source: readFileSync(new URL(file, import.meta.url)) });
    }
  },
};

export default defineConfig(({ mode }) => ({
  base: '/assets/',
  plugins: [svelte(), ...(mode === 'field' ? [] : [letters])],
  worker: { format: 'es' },
  build: {
    outDir: '../src/tripoint/web',
    assetsDir: '.',
    emptyOutDir: mode !== 'field',
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: PASSES[mode] },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8099' } },
  test: { include: ['tests/**/*.test.ts'] },
}));
