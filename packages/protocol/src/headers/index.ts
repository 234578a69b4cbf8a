import type {DomainHeader} from './domain-header.ts';
import type {ImageHeader} from './image-header.ts';
import type {LibxlHeader} from './libxl-header.ts';
import type {XlHeader} from './xl-header.ts';

/** A header of a stream, with its offset and length in bytes. They come in this order; a stream may begin with any but the last. */
export type StreamHeader = XlHeader | LibxlHeader | ImageHeader | DomainHeader;
