/** Parts of the head of the staff and organiser pages: the language switch, the choice of showcase, who is signed in. */
import type { Session } from '../../shared/paths.ts';
import { LANGS, type Lang, type Text } from '../../shared/words.ts';
import type { DeskWords } from '../words/desk.ts';
import type { Language } from './language.ts';

const OWN_NAME: { [L in Lang]: string } = { 'zh-HK': '繁', 'zh-CN': '简', en: 'EN' };
const FULL_NAME: { [L in Lang]: string } = { 'zh-HK': '繁體中文', 'zh-CN': '简体中文', en: 'English' };

export const SkipLink = ({ d }: { d: DeskWords }) => (
  <a class="skip" href="#main">
    {d.skip}
  </a>
);

export const LanguageSwitch = ({ language, d }: { language: Language; d: DeskWords }) => (
  <fieldset class="seg">
    <legend class="unseen">{d.language}</legend>
    {LANGS.map((l) => (
      <button
        key={l}
        type="button"
        lang={l}
        title={FULL_NAME[l]}
        aria-label={`${OWN_NAME[l]} ${FULL_NAME[l]}`}
        aria-pressed={language.lang.value === l}
        onClick={() => language.choose(l)}
      >
        {OWN_NAME[l]}
      </button>
    ))}
  </fieldset>
);

export type ShowcaseItem = { id: string; name: Text; days: string[] };
type PickerProps = { items: readonly ShowcaseItem[]; at: string | null; lang: Lang; d: DeskWords; pick(id: string): void };

export const ShowcasePicker = ({ items, at, lang, d, pick }: PickerProps) => (
  <select class="picker" aria-label={d.showcase} value={at ?? ''} onChange={(e) => pick(e.currentTarget.value)}>
    {items.map((s) => (
      <option key={s.id} value={s.id}>
        {s.name[lang]}
      </option>
    ))}
  </select>
);

export const SignedIn = ({ who, d, leave }: { who: Session; d: DeskWords; leave(): void }) => (
  <div class="who">
    <span>
      {who.name} <small>{d.role[who.role]}</small>
    </span>
    <button type="button" class="btn small" onClick={leave}>
      {d.session.leave}
    </button>
  </div>
);
