/** A wide table's own scroll area: reached by keyboard, named, so that nothing beside it has to scroll. */
import type { ComponentChildren } from 'preact';

export const Scroll = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard
  <section class="scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);
