/** How the names on the wire are spelt: one place for the schemas and for what reads the same without them. */
export const ID = /^[A-Za-z0-9_-]{8,64}$/;
/** kebab-case, with `slugCharsMax` beside it */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slugCharsMax = 64;
export const INSTANT_MS_MAX = 8.64e15;
/** why a session ended, how a project was opened */
export const WORD = /^[a-z_]{1,24}$/;
export const MODE = /^[a-z-]{1,24}$/;
export const CODE = /^[0-9A-Za-z]{1,12}$/;
export const FAULT = /^[a-z0-9_]{1,48}$/;
