/** Why something asked was not done: stable codes in snake_case, the same over HTTP and sockets. `kiosk/words` words them. */
export const REFUSALS = {
  bad_request: 400,
  bad_json: 400,
  validation_failed: 400,
  too_deep: 400,
  token_in_url: 400,
  duplicate_param: 400,
  duplicate_key: 400,
  auth_required: 401,
  bad_credentials: 401,
  forbidden: 403,
  origin_forbidden: 403,
  not_found: 404,
  code_unknown: 404,
  method_not_allowed: 405,
  already_claimed: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  name_taken: 409,
  wrong_host: 421,
  not_at_a_point: 422,
  unknown_showcase: 422,
  unknown_zone: 422,
  unknown_point: 422,
  target_not_allowed: 422,
  pack_invalid: 422,
  passphrase_too_short: 422,
  correction_below_zero: 422,
  approval_required: 422,
  approver_invalid: 422,
  devices_silent: 409,
  vote_not_closed: 409,
  note_required: 422,
  rate_limited: 429,
  internal: 500,
  export_failed: 503,
  busy: 503,
  storage_full: 503,
  storage_failed: 503,
  read_only: 503,
  // the record protocol's own
  hello_first: 409,
  seq_gap: 409,
  not_contiguous: 400,
  stream_diverged: 409,
  wire_unsupported: 400,
  pairing_pending: 400,
  already_recorded: 409,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal as a value: expected, answered, never thrown across rooms. */
export type Refusal = { code: RefusalCode; message: string; retryAfterMs?: number; errors?: { path: string; code: string }[] };

export const refusal = (code: RefusalCode, message: string, more: Partial<Pick<Refusal, 'retryAfterMs' | 'errors'>> = {}): Refusal => ({ code, message, ...more });
