/**
 * The label that always shows all of its words: where they are too many for its place, spaces, title and figures
 * shrink by steps, then side figures are left out, last the organisation.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** classes from roomy to tightest; sizes of running text and captions stay, see screens.css */
const STEPS = ['', 'fit-1', 'fit-2', 'fit-3', 'fit-4', 'fit-5'] as const;

/** Fits anew when `about` changes, and when fonts have come in. */
export const FittedLabel = ({ about, className, children }: { about: string; className: string; children: ComponentChildren }) => {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const fit = (): void => {
      const label = ref.current;
      if (!label) return;
      for (const step of STEPS) {
        label.classList.remove(...STEPS.filter((s) => s !== ''));
        if (step !== '') label.classList.add(step);
        if (label.scrollHeight <= label.clientHeight + 1 && label.scrollWidth <= label.clientWidth + 1) return;
      }
    };
    queueMicrotask(fit); // before the paint, but after the page has put its modes on the root element
    document.fonts.addEventListener('loadingdone', fit);
    window.addEventListener('resize', fit);
    return () => {
      document.fonts.removeEventListener('loadingdone', fit);
      window.removeEventListener('resize', fit);
    };
  }, [about]);
  return (
    <section ref={ref} class={`label ${className}`} data-swipe>
      {children}
    </section>
  );
};
