/** A number as it is printed: thousands by a no-break space, what is not known as a dash and never as 0. */
import { grouped } from '../words/numbers.ts';

export const Num = ({ of }: { of: number | null }) => <span class="n">{of === null ? '—' : grouped(of)}</span>;

/** `+15`, `−20`, `0` */
export const signed = (n: number): string => (n > 0 ? `+${grouped(n)}` : n < 0 ? `−${grouped(-n)}` : '0');

/** `97.4%`, and a dash for what is not known. */
export const percent = (n: number | null): string => (n === null ? '—' : `${grouped(Math.round(n * 10) / 10)}%`);
