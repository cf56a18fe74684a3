// Another GraphiQL that a developer runs on the same port must not fill our tabs, nor we its tabs.
const PREFIX = 'oas-release-gateway:';

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

export const pageStorage = {
  get length() {
    return ownKeys().length;
  },
  getItem: (key) => localStorage.getItem(PREFIX + key),
  setItem: (key, value) => localStorage.setItem(PREFIX + key, value),
  removeItem: (key) => localStorage.removeItem(PREFIX + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
};
