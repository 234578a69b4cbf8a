import {closeDataSocket, type DataSocket} from './data-socket.ts';

/**
 * Opens a link for each of several descriptors, in order. `open` owns its descriptor, also where it throws: the links before it are then
 * destroyed, and the descriptors behind it closed.
 */
export function openEach<Opened extends Partial<DataSocket> & Pick<DataSocket, 'fd'>, Link extends {destroy(): Promise<void>}>(
	items: readonly [Opened, ...Opened[]],
	open: (item: Opened, index: number) => Link,
): [Link, ...Link[]] {
	const links: Link[] = [];
	try {
		for (const [index, item] of items.entries()) links.push(open(item, index));
		return links as [Link, ...Link[]];
	} catch (error) {
		for (const link of links) void link.destroy();
		for (const item of items.slice(links.length + 1)) closeDataSocket(item);
		throw error;
	}
}
