import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { staticIcons } from './static-icons.ts';

export default defineConfig({
  plugins: [staticIcons(), svelte()],
  // The window loads its files from the app itself; relative paths also serve from any folder.
  base: './',
  server: { port: 5173, strictPort: true },
  build: {
    target: ['es2022', 'chrome105', 'safari15'],
    // The window's content security policy takes no inline script and no data: script. What the first script
    // needs is asked for beside it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // State classes run in the browser build of Svelte also under vitest, where there is no DOM.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'static-icons.test.ts'],
    env: { TZ: 'Europe/London' },
  },
});
