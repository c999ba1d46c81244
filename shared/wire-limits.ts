/** The times and sizes of the wire. */
export const heartbeatMs = 5_000;
/** a kiosk that has not been heard for this long is shown as offline */
export const kioskSilentMs = 10_000;
export const tallyFrameMs = 250;
/** the few figures that are told first go to terse screens at most this often */
export const headFrameMs = 40;
export const socketMessageBytesMax = 64 * 1024;
export const faultsMax = 16;
/** a batch of more events than this is backlog: the hub may let it wait its turn */
export const liveEventsMax = 25;
/** events of one batch */
export const batchEventsMax = 500;
