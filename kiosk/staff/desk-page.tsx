/** The frame of the staff's lists: the list with its title, cards beside it, and a table with its heads. */
import type { ComponentChildren } from 'preact';
import { Scroll } from '../ui/scroll.tsx';

type PageProps = { title: string; side: ComponentChildren; children: ComponentChildren; class?: string };

export const DeskPage = ({ title, side, children, class: name = '' }: PageProps) => (
  <div class={`page-body devices ${name}`}>
    <section class="card main">
      <h2>{title}</h2>
      {children}
    </section>
    <div class="side">{side}</div>
  </div>
);

/** `heads`: the columns in order, texts and figures; `act`: what its last column is for, null where nobody may act */
type ListProps = { title: string; heads: readonly (readonly [name: string, of: 'text' | 'figure'])[]; act?: string | null; children: ComponentChildren; class?: string };

export const ListTable = ({ title, heads, act = null, children, class: name = 'cards' }: ListProps) => (
  <Scroll label={title}>
    <table class={`grid ${name}`}>
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {heads.map(([head, of]) => (
            <th key={head} scope="col" {...(of === 'text' && { class: 'text' })}>
              {head}
            </th>
          ))}
          {act !== null && (
            <th scope="col">
              <span class="unseen">{act}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroll>
);
