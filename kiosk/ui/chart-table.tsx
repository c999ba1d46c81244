/** A chart with its table behind a button: the same figures, as a picture or as rows. Where there is no hand to press it, the button is left out. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { DeskWords } from '../words/desk.ts';

type Props = {
  title: string;
  heading?: ComponentChildren;
  note?: ComponentChildren;
  d: DeskWords;
  fixed: boolean;
  chart: ComponentChildren;
  table: ComponentChildren;
  class?: string;
};

export const ChartTable = ({ title, heading, note, d, fixed, chart, table, class: name = '' }: Props) => {
  const [asTable, show] = useState(false);
  return (
    <section class={`panel ${name}`} aria-label={title}>
      <h2>
        {heading ?? title}
        {note && <small>{note}</small>}
        {!fixed && (
          <button type="button" class="flip" aria-pressed={asTable} aria-label={d.asTable(title)} onClick={() => show(!asTable)}>
            {d.table}
          </button>
        )}
      </h2>
      {asTable && !fixed ? table : chart}
    </section>
  );
};
