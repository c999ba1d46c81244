/** Sessions, accounts and API tokens. */
import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { API } from '../../shared/api.ts';
import { accountBody, passphraseCharsMin, sessionBody, tokenBody } from '../../shared/paths.ts';
import { sessionCookie } from '../access/origin.ts';
import { accountsMax, tokensMax } from '../access/register.ts';
import { makeToken, sha256 } from '../access/secrets.ts';
import { sessionMsMax } from '../access/sessions.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, body } from './ask.ts';
import type { HubEnv } from './env.ts';
import { addressOf } from './guard.ts';
import { Refused } from './problem.ts';

const WHY = {
  rate_limited: 'Too many wrong passphrases. Please wait.',
  busy: 'Many people are signing in. Please try again.',
  bad_credentials: 'The name or the passphrase is not right.',
} as const;

const stored = (ok: boolean): void => {
  if (!ok) throw new Refused('storage_failed', 'The hub cannot store anything now. Please try again.', { retryAfterMs: 2_000 });
};

export const peopleRoutes = (parts: HubParts) => {
  const { register, sessions, passphrases } = parts;
  const cookie = sessionCookie(parts.secure);
  const attributes = { httpOnly: true, sameSite: 'Strict', path: '/', secure: parts.secure, maxAge: sessionMsMax / 1_000 } as const;

  return new Hono<HubEnv>()
    .post(`${API}/session`, async (c) => {
      const ask = await body(c, sessionBody);
      const checked = await passphrases.check(ask.name, ask.passphrase, addressOf(c));
      if (!checked.ok) throw new Refused(checked.code, WHY[checked.code], checked);
      const { account } = checked;
      // a browser holds one session at a time: the one before ends here
      const before = c.get('caller');
      if (before?.as === 'person') {
        await sessions.end(before.session);
        parts.floor.cut({ session: before.session });
      }
      setCookie(c, cookie, await sessions.begin(account.name, account.role), attributes);
      return c.json({ name: account.name, role: account.role });
    })
    .get(`${API}/session`, (c) => {
      const caller = c.get('caller');
      if (!caller || caller.as === 'device') throw new Refused('auth_required', 'Nobody is signed in.');
      return c.json({ name: caller.name, role: caller.role });
    })
    .delete(`${API}/session`, async (c) => {
      const caller = c.get('caller');
      if (caller?.as !== 'person') throw new Refused('auth_required', 'Nobody is signed in.');
      await sessions.end(caller.session);
      parts.floor.cut({ session: caller.session });
      deleteCookie(c, cookie, { path: '/', secure: parts.secure });
      c.header('Clear-Site-Data', '"cache"');
      return c.body(null, 204);
    })
    .post(`${API}/accounts`, async (c) => {
      allowed(c, 'accounts.write');
      const ask = await body(c, accountBody);
      if ([...ask.passphrase].length < passphraseCharsMin) throw new Refused('passphrase_too_short', `A passphrase has at least ${passphraseCharsMin} characters.`);
      if (register.account(ask.name)) throw new Refused('name_taken', 'An account of this name exists.');
      if (register.accounts.length >= accountsMax) throw new Refused('busy', `The hub keeps ${accountsMax} accounts.`);
      const hash = await passphrases.hash(ask.passphrase);
      if (!hash) throw new Refused('busy', 'Please try again.', { retryAfterMs: 3_000 });
      stored(await register.addAccount(ask.name, ask.role, hash));
      return c.json({ name: ask.name, role: ask.role }, 201);
    })
    .post(`${API}/tokens`, async (c) => {
      allowed(c, 'tokens.write');
      const ask = await body(c, tokenBody);
      const token = makeToken();
      const id = `t-${sha256(token).slice(0, 12)}`;
      if (register.tokens.length >= tokensMax) throw new Refused('busy', `The hub keeps ${tokensMax} tokens.`);
      stored(await register.addToken({ id, name: ask.name, role: ask.role, readOnly: ask.readOnly, tokenHash: sha256(token) }));
      return c.json({ id, token }, 201);
    })
    .get(`${API}/tokens`, (c) => {
      allowed(c, 'tokens.write');
      return c.json({ tokens: register.tokens.map(({ id, name, role, readOnly }) => ({ id, name, role, readOnly })) });
    })
    .delete(`${API}/tokens/:id`, async (c) => {
      allowed(c, 'tokens.write');
      const { id } = c.req.param();
      if (!register.tokens.some((t) => t.id === id)) throw new Refused('not_found', 'There is no such token.');
      stored(await register.removeToken(id));
      return c.body(null, 204);
    });
};
