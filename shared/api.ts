/** Where the hub's HTTP side begins. */
export const API = '/api/v1';

/** Names an export by whoever asks for it, so that they can ask how far it is: 16 to 40 of a-z, 0-9, hyphen. */
export const exportIdHeader = 'x-export-id';
