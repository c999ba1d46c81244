/** The wire's version and its history. A kiosk says which it speaks; the hub serves its own and the two before. */
export const WIRE_VERSION = 3;
/** 3: a kiosk's events also tell quiz.answered and visit.rated; an older hub keeps them as rejected and is blocked by nothing; the command `theme`. */
/** 2: an event may say how well its time is known. */
/** 1: hello, record, heartbeat, command, tally; watch, count.click, count.void. */
export const WIRE_VERSION_MIN = 1;
