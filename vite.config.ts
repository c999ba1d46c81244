/**
 * One configuration for all that is built and tested: the three pages (dist/web), the hub (dist/server/main.js), the service worker
 * of the kiosks, and the two test projects, in node and in a real browser. Assets are never inlined: the pages' policy allows no
 * `data:` fonts.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { leanThree } from './kiosk/build/lean-three.ts';
import { leanWire } from './kiosk/build/lean-wire.ts';
import { offline } from './kiosk/build/offline.ts';
import { browserPath, chromiumFlags } from './test/browser.ts';
import { LongestFirst } from './test/longest-first.ts';

const at = (p: string) => path.resolve(import.meta.dirname, p);

/** The three pages. */
const pages = { kiosk: at('kiosk/index.html'), staff: at('kiosk/staff/index.html'), organiser: at('kiosk/organiser/index.html') };

export default defineConfig({
  root: at('kiosk'),
  // packages may lie elsewhere, behind a link: their fonts are served from there
  server: { fs: { allow: [import.meta.dirname, realpathSync(at('node_modules'))] } },
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [leanThree(), leanWire(), offline(at('dist/web'), at('kiosk/sw.ts'))],
  environments: {
    client: { build: { outDir: at('dist/web'), emptyOutDir: true, rolldownOptions: { input: pages } } },
    server: {
      build: {
        outDir: at('dist/server'),
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: true,
        target: 'node20',
        sourcemap: true,
        minify: false,
        rolldownOptions: { input: { main: at('server/main.ts'), operator: at('server/operator/operator.ts'), 'export-thread': at('server/exports/export-thread.ts') } },
      },
    },
  },
  builder: {
    async buildApp(b) {
      for (const name of ['client', 'server']) {
        const environment = b.environments[name];
        if (environment) await b.build(environment);
      }
    },
  },
  test: {
    root: import.meta.dirname,
    // two busy cores: a test fails for what it finds, not for its neighbours
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // most of a test's time is waiting: for a process, a browser, a database
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['test/**/*.test.ts'], exclude: ['**/*.browser.test.ts'], globalSetup: 'test/built-once.ts' },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          provide: { modesTogether: Number(process.env['MODES_TOGETHER'] ?? 2) },
          // drawn in software beside everything else: a picture that came too late is looked at once more
          retry: 1,
          browser: {
            enabled: true,
            // drawing in software takes all that the other workers leave
            fileParallelism: false,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: await browserPath(), args: [...chromiumFlags] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
