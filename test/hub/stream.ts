/** A kiosk's stream as a test writes it: names of its epoch and ids made of one word. */
export const epoch = (name: string): string => `epoch-${name}-0000`;

/** An event of now at a place in the stream. */
export const event = (seq: number, name: string, more: object) => ({ seq, id: `id-${name}-${String(seq).padStart(6, '0')}`, atMs: Date.now(), ...more });
