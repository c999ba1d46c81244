/** A pack to be sent: the committed one of Maker in China, changed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Lang } from '../../shared/words.ts';
import { zipOf } from '../hub/zip-maker.ts';

const maker = path.resolve(import.meta.dirname, '../../content/maker-in-china');
const files = readdirSync(path.join(maker, 'projects')).sort();
const projectOf = (file = '') => JSON.parse(readFileSync(path.join(maker, 'projects', file), 'utf8'));

/** The first project's name, which the changed pack lacks. */
export const firstName = (lang: Lang): string => projectOf(files[0]).name[lang];

/** Without its first project, with its second one once more as the twin, and another name; `change` spoils it. */
export const makerZip = (change: (head: { name: { en: string }; zones: unknown }) => void = () => undefined): Buffer => {
  const head = JSON.parse(readFileSync(path.join(maker, 'pack.json'), 'utf8'));
  head.name.en = 'Maker, second edition';
  change(head);
  const twin = { ...projectOf(files[1]), id: 'the-twin', name: { 'zh-HK': '孿生項目', 'zh-CN': '孪生项目', en: 'The twin' } };
  return zipOf([
    { name: 'pack.json', bytes: JSON.stringify(head) },
    ...files.slice(1).map((f) => ({ name: `projects/${f}`, bytes: readFileSync(path.join(maker, 'projects', f)) })),
    { name: 'projects/the-twin.json', bytes: JSON.stringify(twin) },
  ]);
};
