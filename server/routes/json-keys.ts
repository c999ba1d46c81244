/** Whether a JSON text names a key twice in one object: which of the two counts is chance, so what decides something is not read at all. */

/** For text that parses as JSON; looks at each character once. */
export const hasDoubleKey = (text: string): boolean => {
  // a set of keys for an object, null for an array
  const open: (Set<string> | null)[] = [];
  let key = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
        open.push(new Set());
        key = true;
        break;
      case 0x5b: // [
        open.push(null);
        key = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        key = false;
        break;
      case 0x2c: // ,
        key = open.at(-1) != null;
        break;
      case 0x22: {
        const from = at;
        for (at++; text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
        if (!key) break;
        key = false;
        const raw = text.slice(from, at + 1);
        const name = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
        const keys = open.at(-1);
        if (keys?.has(name)) return true;
        keys?.add(name);
      }
    }
  }
  return false;
};
