/** A modal dialog on the browser's own `dialog`: focus is kept inside, Escape closes, focus returns to where it was. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { DeskWords } from '../words/desk.ts';

type Props = { title: string; d: DeskWords; close(): void; children: ComponentChildren; wide?: boolean };

export const Dialog = ({ title, d, close, children, wide = false }: Props) => {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} class={wide ? 'wide' : ''} aria-labelledby={titleId} onClose={close} onCancel={close}>
      <div class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="btn small" onClick={close}>
          {d.close}
        </button>
      </div>
      {children}
    </dialog>
  );
};
