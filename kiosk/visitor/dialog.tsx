/** A modal part: traps the focus while it is open and gives it back to where it was. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const FOCUSABLE = 'button:not([disabled]), [tabindex="0"]';

/** `first` selects what takes the focus; the first button when absent. */
export const Dialog = ({ label, className, first, onEscape, children }: { label: string; className: string; first?: string; onEscape(): void; children: ComponentChildren }) => {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const root = ref.current;
    root?.querySelector<HTMLElement>(first ?? FOCUSABLE)?.focus({ preventScroll: true });
    return () => {
      // after the page behind is no longer inert, and only where nothing else has taken the focus meanwhile
      queueMicrotask(() => {
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus({ preventScroll: true });
      });
    };
  }, []);
  const keys = (e: KeyboardEvent): void => {
    if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      onEscape();
    }
    if (e.key !== 'Tab' || !ref.current) return;
    const all = [...ref.current.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const edge = e.shiftKey ? all[0] : all.at(-1);
    if (document.activeElement !== edge && ref.current.contains(document.activeElement)) return;
    e.preventDefault();
    (e.shiftKey ? all.at(-1) : all[0])?.focus();
  };
  return (
    <div ref={ref} class={className} role="dialog" aria-modal="true" aria-label={label} onKeyDown={keys}>
      {children}
    </div>
  );
};
