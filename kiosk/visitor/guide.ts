/**
 * The page by ear and by keypad: says each screen when it appears, first where one is, then what is there; walks its controls with two keys,
 * its words with a third, and presses with a fourth. The order of speech is the order of the page.
 */
import { effect } from '@preact/signals';
import type { PublicVote } from '../../shared/vote.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { visitorWords } from '../words/visitor.ts';
import { type KeyMap, type PadAction, padActionOf } from './keypad.ts';
import { controlsOf, linesOf, nameOf } from './reading.ts';
import type { Kiosk } from './run.ts';
import type { Line } from './speech.ts';
import type { Visit } from './visit.ts';

/** a new screen is read once it stands */
const settleMs = 60;

/** What is read anew when it changes. */
const signatureOf = (v: Visit, vote: PublicVote | null): string =>
  JSON.stringify([
    v.screen.kind === 'say' && vote?.state,
    v.session !== null && v.modes.read,
    v.screen,
    v.lang,
    v.sheet,
    v.warnedMs !== null,
    v.screen.kind === 'quiz' && [v.keep.quiz?.at, v.keep.quiz?.picks.length],
  ]);

/** The part of the page that can be used now: an open dialog, else the screen. */
const scope = (): Element | null => document.querySelector('[role="dialog"]') ?? document.querySelector('.screens');

/** Runs until the returned function is called. `keys` is asked at each key, so that a table that staff change holds at once. */
export const startGuide = (kiosk: Kiosk, keys: () => KeyMap): (() => void) => {
  const { visit, speech } = kiosk;
  const stop = new AbortController();
  let lines: Line[] = [];
  let at = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before = signatureOf(visit.value, kiosk.vote.value);
  let orient = false;

  const words = (lang: Lang) => visitorWords(lang).voice;
  /** On the resting screen nobody has chosen a language yet. */
  const langs = (): readonly Lang[] => (visit.value.screen.kind === 'attract' && !visit.value.sheet ? LANGS : [visit.value.lang]);
  const orientation = (): Line[] => langs().map((lang) => ({ lang, text: words(lang).orientation }));
  const count = (): Line[] => {
    const n = controlsOf(scope() ?? document).length;
    return langs().map((lang) => ({ lang, text: words(lang).controls(String(n)) }));
  };
  const readScreen = (first: readonly Line[]): void => {
    const root = scope();
    lines = root ? linesOf(root) : [];
    at = 0;
    speech.now([...first, ...lines, ...(visit.value.keypad ? count() : [])]);
  };
  const where = (): void => {
    const root = scope();
    const title = root ? linesOf(root).slice(0, 1) : [];
    const active = document.activeElement;
    const held = active instanceof HTMLElement && active.tagName === 'BUTTON' ? [nameOf(active)] : [];
    speech.now([...title, ...count(), ...held]);
  };
  const move = (by: 1 | -1): void => {
    const all = controlsOf(scope() ?? document);
    const active = document.activeElement;
    const held = all.indexOf(active as HTMLElement);
    let next = held + by;
    if (held < 0) {
      const after = all.findIndex((e) => active !== null && active !== document.body && (active.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
      next = by === 1 ? Math.max(0, after) : (after < 0 ? all.length : after) - 1;
    }
    const target = all[(next + all.length) % Math.max(1, all.length)];
    if (!target) return;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
    speech.now([nameOf(target)]);
  };
  const stepLine = (): void => {
    if (lines.length === 0) return;
    const line = lines[at % lines.length];
    at++;
    if (line) speech.now([line]);
  };
  const press = (): void => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || active.tagName !== 'BUTTON') {
      where();
      return;
    }
    active.click();
    // where the screen stays, its new state is told; a new screen is read by itself
    const same = before;
    setTimeout(() => {
      if (active.isConnected && document.activeElement === active && signatureOf(visit.value, kiosk.vote.value) === same && active.hasAttribute('aria-pressed'))
        speech.now([nameOf(active)]);
    }, settleMs);
  };
  const acts: { [A in PadAction]: () => void } = {
    up: () => move(-1),
    down: () => move(1),
    left: where,
    where,
    right: stepLine,
    select: press,
    louder: () => kiosk.turnVolume(1),
    softer: () => kiosk.turnVolume(-1),
  };

  window.addEventListener(
    'keydown',
    (e) => {
      const action = padActionOf(keys(), e);
      if (action === null || e.ctrlKey || e.altKey || e.metaKey || !kiosk.welcomes()) return;
      // while the picture has the focus its keys turn it
      if (document.activeElement?.hasAttribute('data-stage') && action !== 'select') return;
      // who came to a button with the Tab key presses it: that is a keyboard, and nothing is said
      if (!visit.value.keypad && action === 'select' && document.activeElement?.tagName === 'BUTTON') return;
      e.preventDefault();
      e.stopPropagation();
      if (!visit.value.keypad && visit.value.warnedMs === null) {
        orient = true;
        kiosk.act({ kind: 'keyed', session: kiosk.newSession() });
        return;
      }
      acts[action]();
    },
    { signal: stop.signal, capture: true },
  );

  const unwatch = effect(() => {
    const v = visit.value;
    const signature = signatureOf(v, kiosk.vote.value);
    if (v.session === null) {
      if (signature !== before) kiosk.hush();
      before = signature;
      orient = false;
      lines = [];
      return;
    }
    const first = orient && v.keypad;
    if (signature === before && !first) return;
    before = signature;
    if (!v.modes.read) {
      speech.hush();
      return;
    }
    orient = false;
    clearTimeout(timer);
    timer = setTimeout(() => readScreen(first ? orientation() : []), settleMs);
  });
  return () => {
    stop.abort();
    unwatch();
    clearTimeout(timer);
    kiosk.hush();
  };
};
