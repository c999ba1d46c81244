/**
 * One configuration for all that is built and tested: the three pages (dist/web), the hub (dist/server/main.js), the service worker
 * of the kiosks, and the two test projects, in node and in a real browser. Assets are never inlined: the pages' policy allows no
 * `data:` fonts.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { leanThree } from './lean-three.ts';
import { browserPath, chromiumFlags } from './test/browser.ts';
import { LongestFirst } from './test/longest-first.ts';

const at = (p: string) => path.resolve(import.meta.dirname, p);

/** The three pages. */
const pages = { kiosk: at('kiosk/index.html'), staff: at('kiosk/staff/index.html'), organiser: at('kiosk/organiser/index.html') };

/** After the web build: lists every file with the hash of its bytes, and which of them the staff page needs, and builds the service worker with that list. */
const offline = (): Plugin => ({
  name: 'offline',
  applyToEnvironment: (e) => e.name === 'client',
  apply: 'build',
  closeBundle: {
    order: 'post',
    sequential: true,
    async handler() {
      const out = at('dist/web');
      const hashOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
      const files: { [path: string]: string } = {};
      for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
        const file = path.relative(out, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
        if (entry.isFile() && file !== 'sw.js') files[`/${file}`] = hashOf(await readFile(path.join(out, file)));
      }
      const staff = new Set(['/staff/index.html']);
      // a set is walked on while it grows
      for (const file of staff) {
        if (!/\.(html|js|css)$/.test(file)) continue;
        const text = await readFile(path.join(out, file), 'utf8');
        for (const other of Object.keys(files)) if (!other.endsWith('.html') && text.includes(path.posix.basename(other))) staff.add(other);
      }
      const v = hashOf(JSON.stringify(Object.entries(files).sort())).slice(0, 16);
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __PRECACHE__: JSON.stringify({ v, files, staff: [...staff] }) },
        build: { outDir: out, emptyOutDir: false, lib: { entry: at('kiosk/sw.ts'), formats: ['es'], fileName: () => 'sw.js' } },
      });
    },
  },
});

export default defineConfig({
  root: at('kiosk'),
  // packages may lie elsewhere, behind a link: their fonts are served from there
  server: { fs: { allow: [import.meta.dirname, realpathSync(at('node_modules'))] } },
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [leanThree(), offline()],
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
