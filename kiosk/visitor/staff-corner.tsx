/**
 * The staff's corner of a kiosk, opened by holding the lower right corner for five seconds: how the link stands, pairing by code, the
 * kiosk's own theme. It can unpair nothing and shows no visitor's data, so it needs no secret.
 */
import { useState } from 'preact/hooks';
import type { Text } from '../../shared/words.ts';
import { LANGS } from '../../shared/words.ts';
import type { KioskLink } from '../link/kiosk-link.ts';
import { DayIcon, NightIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import type { Desk } from './desk.ts';
import { Dialog } from './dialog.tsx';
import type { Glass } from './layout.ts';
import type * as MaintenanceFile from './maintenance.tsx';
import type { Theme } from './visit.ts';

type Maintaining = { kind: 'no' | 'loading' | 'failed' } | { kind: 'open'; file: typeof MaintenanceFile };
type Pairing = { kind: 'none' | 'asking' | 'failed' | 'done' } | { kind: 'code'; userCode: string; words: Text };

export const StaffCorner = ({
  desk,
  link,
  theme,
  onTheme,
  glass,
  onGlass,
  onClose,
}: {
  desk: Pick<Desk, 'w' | 'lang' | 'link'>;
  link: KioskLink;
  theme: Theme;
  onTheme(t: Theme): void;
  glass: Glass;
  onGlass(g: Glass): void;
  onClose(): void;
}) => {
  const [pairing, setPairing] = useState<Pairing>({ kind: 'none' });
  const [maintaining, setMaintaining] = useState<Maintaining>({ kind: 'no' });
  const w = desk.w.staff;
  const state = desk.link;
  const maintain = async (): Promise<void> => {
    setMaintaining({ kind: 'loading' });
    try {
      // visitors' pages do without it
      setMaintaining({ kind: 'open', file: await import('./maintenance.tsx') });
    } catch {
      setMaintaining({ kind: 'failed' }); // not kept on this device, and no hub
    }
  };
  const pair = async (): Promise<void> => {
    setPairing({ kind: 'asking' });
    const asked = await link.startPairing();
    if (!asked) {
      setPairing({ kind: 'failed' });
      return;
    }
    setPairing({ kind: 'code', userCode: asked.userCode, words: asked.words });
    await asked.approved.then(
      () => setPairing({ kind: 'done' }),
      () => setPairing({ kind: 'failed' }),
    );
  };
  if (maintaining.kind === 'open') {
    const { Maintenance } = maintaining.file;
    return (
      <>
        <div class="veil" />
        <Maintenance words={w} lang={desk.lang} state={state} link={link} glass={glass} onGlass={onGlass} onBack={() => setMaintaining({ kind: 'no' })} />
      </>
    );
  }
  return (
    <>
      <div class="veil" />
      <Dialog label={w.title} className="staff" onEscape={onClose}>
        <h2>{w.title}</h2>
        <ul class="staff-facts">
          <li>{state.paired ? w.paired(state.device ?? '', state.zone ?? '') : w.unpaired}</li>
          <li>{state.online ? w.online : w.offline}</li>
          <li>{w.waiting(grouped(state.waiting))}</li>
          {state.faults.length > 0 && <li lang="en">{state.faults.join(', ')}</li>}
        </ul>
        {pairing.kind === 'code' && (
          <div class="pairing" role="status">
            <p>{w.pairHow}</p>
            <b lang="en">{pairing.userCode}</b>
            {LANGS.map((lang) => (
              <span key={lang} lang={lang}>
                {pairing.words[lang]}
              </span>
            ))}
          </div>
        )}
        {pairing.kind === 'asking' && <p role="status">{w.pairing}</p>}
        {pairing.kind === 'failed' && <p role="status">{w.pairFailed}</p>}
        {pairing.kind === 'done' && <p role="status">{w.pairDone}</p>}
        {maintaining.kind === 'loading' && <p role="status">{w.maintenance.loading}</p>}
        {maintaining.kind === 'failed' && <p role="status">{w.maintenance.loadFailed}</p>}
        <div class="staff-acts">
          {!state.paired && pairing.kind !== 'code' && (
            <button type="button" class="btn primary" disabled={pairing.kind === 'asking'} onClick={() => void pair()}>
              {w.pair}
            </button>
          )}
          <div class="seg">
            <button type="button" aria-pressed={theme === 'night'} onClick={() => onTheme('night')}>
              <NightIcon />
              {desk.w.access.night}
            </button>
            <button type="button" aria-pressed={theme === 'day'} onClick={() => onTheme('day')}>
              <DayIcon />
              {desk.w.access.day}
            </button>
          </div>
          <button type="button" class="btn to-maintenance" onClick={() => void maintain()}>
            {w.maintain}
          </button>
          <button type="button" class="btn" onClick={() => window.location.reload()}>
            {w.reload}
          </button>
          <button type="button" class="btn" onClick={onClose}>
            {w.close}
          </button>
        </div>
      </Dialog>
    </>
  );
};
