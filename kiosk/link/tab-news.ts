/** What the tabs of one browser tell each other. A hint only: what they share is in the storage, and each looks there by itself too. */

export type News = { kind: 'recorded' | 'paired' } | { kind: 'online'; online: boolean };
export type TabNews = { tell(news: News): void; close(): void };

/** A channel to the other tabs, or none where the browser has none or there is nothing shared. */
export const tabNews = (shared: boolean, heard: (news: News) => void): TabNews => {
  if (!shared || typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel('harbourlight');
  channel.onmessage = (message: MessageEvent<News>) => heard(message.data);
  let open = true;
  return {
    tell: (news) => {
      if (open) channel.postMessage(news);
    },
    close: () => {
      open = false;
      channel.close();
    },
  };
};
