/** The page before somebody who may is signed in: the sign-in form, or that this account may not. */
import type { ComponentChildren } from 'preact';
import type { DeskWords } from '../words/desk.ts';
import { Brand } from './brand.tsx';
import type { Language } from './language.ts';
import { LanguageSwitch, SignedIn } from './page-head.tsx';
import type { SessionDoor } from './session.ts';
import { SessionForm } from './session-form.tsx';

/** `children`: what stands below the form */
type Props = { title: string; signIn: string; session: SessionDoor; language: Language; d: DeskWords; children?: ComponentChildren };

export const Entrance = ({ title, signIn, session, language, d, children }: Props) => {
  const state = session.state.value;
  if (state === 'asking') return <p class="waiting">{d.loading}</p>;
  return (
    <div class="entrance">
      <header class="hd">
        <Brand />
        <h1>{title}</h1>
        <span class="sp" />
        <LanguageSwitch language={language} d={d} />
        {typeof state === 'object' && <SignedIn who={state} d={d} leave={() => void session.leave()} />}
      </header>
      <main id="main">
        {typeof state === 'object' ? (
          <p class="fault">{d.session.mayNot}</p>
        ) : (
          <SessionForm title={signIn} d={d} notice={state === 'expired' ? d.session.expired : null} enter={session.enter} />
        )}
        {children}
      </main>
    </div>
  );
};
