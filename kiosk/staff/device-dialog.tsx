/** Everything that may be done with one device: commands to a kiosk, a new place, and its revocation, which asks first. */
import { useRef, useState } from 'preact/hooks';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import type { ShowcaseInfo } from '../ui/showcase-info.ts';
import { clockText } from '../words/desk.ts';
import { CommandPanel } from './command-panel.tsx';
import type { DeskActs } from './desk-acts.ts';
import { firstPlace, PlaceField, placeOf, projectsOf } from './place-fields.tsx';
import { deviceName, type Say } from './say.ts';

type Props = { device: DeviceView; acts: DeskActs; info: ShowcaseInfo; role: Role; say: Say; changed(device: DeviceView): void; close(): void };

const Place = ({ device, acts, info, say, changed }: Omit<Props, 'role' | 'close'>) => {
  const { w, d } = say;
  const now = (device.kind === 'kiosk' ? device.zone : device.point) ?? firstPlace(device.kind, info);
  const [to, setTo] = useState(now);
  const [told, setTold] = useState<Failure | 'moved' | null>(null);
  const move = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await acts.move(device.id, { showcase: info.id, ...placeOf(device.kind, to) });
    setTold(answer.ok ? 'moved' : answer);
    if (answer.ok) changed(answer.value.device);
  };
  return (
    <form class="part" onSubmit={move}>
      <h3>{w.devices.move}</h3>
      <div class="row grow">
        <PlaceField kind={device.kind} info={info} say={say} at={to} choose={setTo} />
        <button type="submit" class="btn">
          {w.devices.move}
        </button>
      </div>
      <div role="status">{told === 'moved' ? <p class="good">{w.devices.moved}</p> : <FailureNote failed={told} d={d} />}</div>
    </form>
  );
};

/** What the kiosk shows now, when somebody asks. */
const Picture = ({ device, acts, say: { w, d } }: Pick<Props, 'device' | 'acts' | 'say'>) => {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ picture: string | null; atMs: number } | Failure | null>(null);
  const look = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await acts.picture(device.id);
    setBusy(false);
    setTold(answer.ok ? answer.value : answer);
  };
  const shown = told && !('ok' in told) ? told : null;
  const name = shown && w.command.pictureOf(deviceName(device), clockText(shown.atMs));
  return (
    <div class="part screen-picture">
      <div class="row">
        <button type="button" class="btn" onClick={() => void look()}>
          {busy ? w.command.sending : w.command.picture}
        </button>
        <p class="note">{w.command.pictureNote}</p>
      </div>
      <div role="status">
        {shown?.picture === null && <p class="fault">{w.command.pictureNone}</p>}
        {told && 'ok' in told && <FailureNote failed={told} d={d} />}
        {shown?.picture && name && (
          <figure>
            <img src={shown.picture} alt={name} />
            <figcaption class="note">{name}</figcaption>
          </figure>
        )}
      </div>
    </div>
  );
};

/** The group that a kiosk is told with, and its own rehearsal. */
const Group = ({ device, acts, info, say: { f, d }, changed }: Omit<Props, 'role' | 'close'>) => {
  const field = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await acts.setGroup(device.id, field.current?.value.trim() ?? '');
    setFailed(answer.ok ? null : answer);
    if (answer.ok) changed(answer.value.device);
  };
  const rehearse = async (): Promise<void> => {
    const answer = await acts.rehearse(info.id, !device.rehearsing, [device.id]);
    setFailed(answer.ok ? null : answer);
  };
  return (
    <form class="part" onSubmit={save}>
      <div class="row grow">
        <label>
          <span>{f.command.group}</span>
          <input ref={field} maxLength={40} autocomplete="off" defaultValue={device.group ?? ''} aria-describedby="group-note" />
        </label>
        <button type="submit" class="btn">
          {f.command.groupSave}
        </button>
        <button type="button" class="btn" aria-pressed={device.rehearsing === true} onClick={() => void rehearse()}>
          {device.rehearsing ? f.rehearsal.off : f.rehearsal.on}
        </button>
      </div>
      <p id="group-note" class="note">
        {f.command.groupNote}
      </p>
      <div role="status">
        {device.rehearsing && <p class="fault">{f.rehearsal.running}</p>}
        <FailureNote failed={failed} d={d} />
      </div>
    </form>
  );
};

const Revoke = ({ device, acts, say: { w, d }, changed, close }: Omit<Props, 'role' | 'info'>) => {
  const [asking, ask] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const revoke = async (): Promise<void> => {
    const answer = await acts.revoke(device.id);
    if (!answer.ok) return setFailed(answer);
    changed({ ...device, revoked: true });
    close();
  };
  return (
    <div class="part">
      {asking ? (
        <div class="confirm" role="alert">
          <p>{w.devices.revokeAsk(deviceName(device))}</p>
          <button type="button" class="btn danger" onClick={() => void revoke()}>
            {w.devices.revokeYes}
          </button>
          <button type="button" class="btn" onClick={() => ask(false)}>
            {d.cancel}
          </button>
        </div>
      ) : (
        <button type="button" class="btn danger outline" onClick={() => ask(true)}>
          {w.devices.revoke}
        </button>
      )}
      <FailureNote failed={failed} d={d} />
    </div>
  );
};

export const DeviceDialog = (props: Props) => {
  const { device, acts, info, role, say, close } = props;
  const { w, d } = say;
  return (
    <Dialog title={deviceName(device)} d={d} close={close} wide>
      <p class="note">
        {w.devices.kinds[device.kind]} <code>{device.id}</code> {w.status[device.status]}
      </p>
      {device.kind === 'kiosk' && can(role, 'broadcast.send') && (
        <div class="part">
          <h3>{w.command.title}</h3>
          <CommandPanel
            say={say}
            all={false}
            names={new Map([[device.id, deviceName(device)]])}
            projects={projectsOf(info, say)}
            groups={[]}
            send={(command) => acts.command(device.id, command)}
          />
        </div>
      )}
      {device.kind === 'kiosk' && can(role, 'broadcast.send') && <Picture {...props} />}
      {can(role, 'devices.write') ? (
        <>
          <Place {...props} />
          {device.kind === 'kiosk' && <Group {...props} />}
          <Revoke {...props} />
        </>
      ) : (
        <p class="note">{w.devices.mayNot}</p>
      )}
    </Dialog>
  );
};
