/** The wire's version and its history. A kiosk says which it speaks; the hub serves every one since WIRE_VERSION_MIN, and a newer kiosk on its own. */
export const WIRE_VERSION = 9;
/** 9: a kiosk's tally says whether the vote is open, and the result of one that is published; a kiosk tells the choices that a vote replaced. An older kiosk passes over it, an older hub counts the choice that it hears first, which is the last. */
/** 8: a batch names the event that it follows, and the answer to hello the hub's version; a hub of 8 takes the word of an older kiosk for it, and an older hub is not told. */
/** 7: the command `picture`, answered with a small picture of the screen; an older kiosk says that it does not know it. */
/** 6: a kiosk's tally says when short links lead nowhere. */
/** 5: a staff screen may watch tersely and then hears numbered frames. */
/** 4: a kiosk's tally also tells how the votes are spread; an older kiosk passes over it, an older hub leaves it out. */
/** 3: a kiosk's events also tell quiz.answered and visit.rated; an older hub keeps them as rejected and is blocked by nothing; the command `theme`. */
/** 2: an event may say how well its time is known. */
/** 1: hello, record, heartbeat, command, tally; watch, count.click, count.void. */
export const WIRE_VERSION_MIN = 1;
/** The first version whose hub may be told what a batch follows; an older one refuses the field. */
export const WIRE_VERSION_AFTER = 8;
