// Builds the page where the service finds it.
import { bundle, SHIPPED } from './bundle.js';

await bundle(SHIPPED);
