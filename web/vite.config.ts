import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Two passes: the room with the visual language first, then the field alone (`--mode field`), so that a phone
// fetches one small script with nothing of the room in it. Everything is served from the hub itself under a
// strict policy, so nothing may be inlined as a data address.
const PASSES: Record<string, Record<string, string>> = { field: { field: 'field.html' }, production: { room: 'room.html', look: 'look.html' } };

export default defineConfig(({ mode }) => ({
  base: '/assets/',
  plugins: [svelte()],
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
