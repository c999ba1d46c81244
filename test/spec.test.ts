/** SPEC.md and the tests keep each other honest: every rule has a test, every ID in a title has a rule. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const listed = [...readFileSync(path.join(root, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((m) => m[1] as string);
const rules = new Set(listed);
const titled = new Set(
  readdirSync(path.join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.(test\.tsx?|-contract\.ts|contract\.ts)$/.test(e.name))
    .flatMap((e) => [...readFileSync(path.join(e.parentPath, e.name), 'utf8').matchAll(/\b(?:test|it|describe)(?:\.each\([^)]*\))?\(\s*['"`]((?:\[[A-Z]\d+\])+)/g)])
    .flatMap((m) => [...(m[1] as string).matchAll(/[A-Z]\d+/g)].map((id) => id[0])),
);

test('every rule of SPEC.md has a test that names it', () => {
  expect(rules.size).toBeGreaterThan(40);
  expect([...rules].filter((r) => !titled.has(r))).toEqual([]);
});

test('an ID is one rule of SPEC.md', () => {
  expect(listed.filter((id, at) => listed.indexOf(id) !== at)).toEqual([]);
});

test('every ID in a test’s title is a rule of SPEC.md', () => {
  expect([...titled].filter((t) => !rules.has(t))).toEqual([]);
});
