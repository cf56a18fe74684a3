export { type ImportOptions, type ImportOutcome } from './import-release.js';
export { type Incoming } from './incoming.js';
export { replayStory, type Story, type StoryStep } from './replay-story.js';
export { exportLines } from './export.js';
export { type Delivery, deliver, type DeliveryOptions, type Delivered } from './deliver.js';
export { pagesByNumber, deliveryOfPages, deliveryOfLine } from './deliveries.js';
export { OWN_DATE } from './known-publication.js';
