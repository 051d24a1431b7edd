import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Everything is served from the hub itself under a strict policy, so nothing may be inlined as a data address.
export default defineConfig({
  base: '/assets/',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    outDir: '../src/tripoint/web',
    assetsDir: '.',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1400,
    rollupOptions: { input: { room: 'room.html', field: 'field.html', look: 'look.html' } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8099' } },
  test: { include: ['{shared,room,field,tests}/**/*.test.ts'] },
});
