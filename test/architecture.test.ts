/** Who may import whom. A new arrow is a change to this table; a wrong one is refused by types, by lint and here, each seen to refuse. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Room to rooms. `server` alone is what stands directly in server/. */
const ARROWS: { [room: string]: readonly string[] } = {
  shared: [],
  'server/journal': ['shared'],
  'server/documents': ['server/journal', 'shared'],
  'server/exports': ['server/journal', 'shared'],
  'server/delivery': ['server/exports', 'server/counting', 'server/journal', 'shared'],
  'server/packs': ['server/documents', 'shared'],
  'server/access': ['server/documents', 'shared'],
  'server/counting': ['server/journal', 'server/documents', 'server/access', 'shared'],
  'server/postgres': [],
  'server/readings': ['shared'],
  'server/parts': ['server/access', 'server/counting', 'server/exports', 'server/journal', 'server/packs', 'shared'],
  'server/routes': ['server/parts', 'server/access', 'server/counting', 'server/exports', 'server/packs', 'server/readings', 'shared'],
  'server/sockets': ['server/parts', 'server/access', 'server/counting', 'shared'],
  'server/operator': ['server', 'server/postgres', 'server/journal', 'server/documents', 'server/counting', 'server/packs', 'server/exports', 'shared'],
  server: [
    'server/postgres',
    'server/parts',
    'server/access',
    'server/counting',
    'server/delivery',
    'server/documents',
    'server/exports',
    'server/journal',
    'server/packs',
    'server/routes',
    'server/sockets',
    'shared',
  ],
  'content/workshop': ['shared'],
  'kiosk/build': [],
  'kiosk/words': ['shared'],
  'kiosk/ui': ['kiosk/words', 'shared'],
  'kiosk/stage': ['shared'],
  'kiosk/link': ['shared'],
  'kiosk/visitor': ['kiosk/stage', 'kiosk/link', 'kiosk/ui', 'kiosk/words', 'shared'],
  'kiosk/staff': ['kiosk/link', 'kiosk/ui', 'kiosk/words', 'shared'],
  'kiosk/organiser': ['kiosk/ui', 'kiosk/words', 'shared'],
};
const roomOf = (file: string): string => {
  const parts = file.split('/');
  if (parts[0] === 'shared') return 'shared';
  return parts.length > 2 ? `${parts[0]}/${parts[1]}` : (parts[0] as string);
};

const sources = (): string[] =>
  ['shared', 'server', 'kiosk', 'content/workshop'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && /\.tsx?$/.test(e.name))
      .map((e) => path.relative(root, path.join(e.parentPath, e.name))),
  );

/** The house has no .js of its own: what names one stands in a text for three's sources. */
const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+(?<!\.js))'/g)].map((m) => path.normalize(path.join(path.dirname(file), (m[1] as string).replace(/\?.*$/, ''))));

const wrongArrows = (files: readonly string[], read: (file: string) => string): string[] => {
  const wrong: string[] = [];
  for (const file of files) {
    for (const target of importsOf(file, read(file))) {
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to) continue;
      if (!ARROWS[from]?.includes(to)) wrong.push(`${file} -> ${target}`);
    }
  }
  return wrong;
};

describe('architecture', () => {
  const planted = path.join(root, 'shared/planted-arrow.ts');
  afterAll(() => rmSync(planted, { force: true }));

  test('[A1] every import follows an arrow of the table', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(60);
    expect(files.reduce((n, f) => n + importsOf(f, readFileSync(path.join(root, f), 'utf8')).length, 0)).toBeGreaterThan(150);
    expect(wrongArrows(files, (f) => readFileSync(path.join(root, f), 'utf8'))).toEqual([]);
  });

  test('[A1] a planted wrong import is refused by the table, by lint and by the types', () => {
    const text = "import { readConfig } from '../server/config.ts';\nexport const planted = readConfig;\n";
    expect(wrongArrows(['shared/planted-arrow.ts'], () => text)).toEqual(['shared/planted-arrow.ts -> server/config.ts']);
    expect(wrongArrows(['kiosk/stage/x.ts'], () => "import { x } from '../words/x.ts'")).toHaveLength(1);
    writeFileSync(planted, text);
    const run = (bin: string, args: string[]): string => {
      try {
        execFileSync(process.execPath, [path.join(root, bin), ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
        return 'passed';
      } catch (error) {
        return `${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`;
      }
    };
    const scratch = path.join(root, '.tsc/planted');
    mkdirSync(scratch, { recursive: true });
    try {
      expect(run('node_modules/@biomejs/biome/bin/biome', ['lint', planted])).toContain('noRestrictedImports');
      expect(run('node_modules/typescript/bin/tsc', ['-p', 'shared', '--outDir', scratch, '--tsBuildInfoFile', path.join(scratch, 'info')])).toMatch(/TS6307|TS2307|TS2591|TS6059/);
    } finally {
      rmSync(planted, { force: true });
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  test('[A2] no two rooms import each other', () => {
    const pairs = Object.entries(ARROWS).flatMap(([from, tos]) => tos.filter((to) => ARROWS[to]?.includes(from)).map((to) => [from, to].sort().join(' <-> ')));
    expect(pairs).toEqual([]);
  });
});
