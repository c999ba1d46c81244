/**
 * The assistive keypad: a USB device that types. Which key means what is a table kept on the kiosk, because such keypads are sold with
 * several code tables. Five keys are enough; a keypad with more may have the others.
 */
export const PAD_ACTIONS = ['up', 'down', 'left', 'right', 'select', 'where', 'louder', 'softer'] as const;
export type PadAction = (typeof PAD_ACTIONS)[number];
/** the five that every keypad has */
export const padNeeded = 5;

/** For each action the `KeyboardEvent.code` (or `key`) of its key; an action without a key is not on this keypad. */
export type KeyMap = { [A in PadAction]?: string };

export const usualKeys: KeyMap = { up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight', select: 'Enter', where: 'F1', louder: 'F8', softer: 'F7' };

const keyChars = 32;

/** A stored table; the usual one where it is none, names a key twice, or lacks one of the five. */
export const readKeyMap = (value: unknown): KeyMap => {
  if (typeof value !== 'object' || value === null) return usualKeys;
  const map: KeyMap = {};
  for (const action of PAD_ACTIONS) {
    const key = (value as { [name: string]: unknown })[action];
    if (typeof key === 'string' && key !== '' && key.length <= keyChars) map[action] = key;
  }
  const keys = Object.values(map);
  const whole = PAD_ACTIONS.slice(0, padNeeded).every((a) => map[a] !== undefined);
  return whole && new Set(keys).size === keys.length ? map : usualKeys;
};

/** What a key means on this keypad; null for every other key. */
export const padActionOf = (map: KeyMap, e: { code: string; key: string }): PadAction | null =>
  PAD_ACTIONS.find((a) => map[a] !== undefined && (map[a] === e.code || map[a] === e.key)) ?? null;

/** What has been learnt so far when staff press one key after the other, in the order of PAD_ACTIONS; a key that is taken changes nothing. */
export const learnKey = (sofar: readonly string[], e: { code: string; key: string }): readonly string[] => {
  const name = e.code || e.key;
  return name === '' || sofar.includes(name) || sofar.length >= padNeeded ? sofar : [...sofar, name];
};

/** The table of the five keys that were learnt; null while some are missing. */
export const learntMap = (keys: readonly string[]): KeyMap | null =>
  keys.length < padNeeded ? null : Object.fromEntries(PAD_ACTIONS.slice(0, padNeeded).map((a, i) => [a, keys[i] as string]));
