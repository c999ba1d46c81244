/** The few icons of the staff and organiser pages: line drawings on a 32 grid that take the colour of the text; never alone without a word. */
const PATHS = {
  back: 'M20 6 10 16l10 10',
  tick: 'm6 17 7 7L26 9',
  warn: 'M16 5 29 27H3zM16 13v6M16 23v.2',
  down: 'M16 4v16M9 14l7 7 7-7M5 27h22',
  screen: 'M4 6h24v16H4zM11 27h10',
  lost: 'M5 5l22 22M9 13a13 13 0 0 1 4-2.4M17 10a13 13 0 0 1 7 3.4M12 18a7 7 0 0 1 6-1.4M16 24v.2',
} as const;

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg class="icon" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
