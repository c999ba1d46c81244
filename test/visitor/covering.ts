/** A small covering array: rows in which every choice of any `strength` factors stands at least once. */

/** Deterministic: the same factors give the same rows. `first` are rows that must be among them. */
export const covering = <T extends { readonly [factor: string]: readonly unknown[] }>(
  factors: T,
  strength: number,
  first: readonly { readonly [F in keyof T]: T[F][number] }[] = [],
): { [F in keyof T]: T[F][number] }[] => {
  type Row = { [F in keyof T]: T[F][number] };
  const names = Object.keys(factors) as (keyof T & string)[];
  const choose = (from: readonly string[], n: number): string[][] => (n === 0 ? [[]] : from.flatMap((f, i) => choose(from.slice(i + 1), n - 1).map((rest) => [f, ...rest])));
  const groups = choose(names, strength);
  const at = (row: Partial<Row>, group: readonly string[]): string => JSON.stringify(group.map((n) => [n, row[n]]));
  const open = new Map<string, Partial<Row>>();
  for (const group of groups) {
    const rows = group.reduce<Partial<Row>[]>((all, n) => all.flatMap((r) => (factors[n] ?? []).map((v) => ({ ...r, [n]: v }) as Partial<Row>)), [{}]);
    for (const row of rows) open.set(at(row, group), row);
  }
  const rows: Row[] = [];
  const take = (row: Row): void => {
    rows.push(row);
    for (const group of groups) open.delete(at(row, group));
  };
  for (const row of first) take({ ...row });
  for (let seed = open.values().next(); !seed.done; seed = open.values().next()) {
    const row: Partial<Row> = { ...seed.value };
    for (const n of names.filter((f) => !(f in row))) {
      const gain = (v: unknown): number => {
        const tried = { ...row, [n]: v };
        return groups.filter((g) => g.includes(n) && g.every((f) => f in tried) && open.has(at(tried, g))).length;
      };
      const values = factors[n] ?? [];
      row[n] = values.reduce((best, v) => (gain(v) > gain(best) ? v : best), values[0]) as Row[typeof n];
    }
    take(row as Row);
  }
  return rows;
};
