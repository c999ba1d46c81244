/** What one visitor's session may hold. */
/** what a session may last and count: a day, and a touch ten times a second through it */
export const sessionSecondsMax = 86_400;
export const inputsMax = 864_000;
