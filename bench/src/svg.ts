/** Attributes of an element; numbers are rounded to hundredths. */
type Attributes = Readonly<Record<string, string | number>>;

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

function escape(text: string): string {
	return text.replaceAll(/[&<>"]/g, character => ENTITIES[character] ?? character);
}

/** An element as text, its `children` being elements already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
	const list = Object.entries(attributes).map(
		([key, value]) => ` ${key}="${escape(typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)}"`,
	);
	return children.length === 0 ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${children.join('')}</${name}>`;
}

/** A `text` element. */
export function textElement(attributes: Attributes, text: string): string {
	return element('text', attributes, [escape(text)]);
}
