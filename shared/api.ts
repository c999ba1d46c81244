/** Where the hub's HTTP side begins. */
export const API = '/api/v1';
