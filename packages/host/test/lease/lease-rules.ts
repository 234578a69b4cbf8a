import test from 'ava';
import {refusalOf} from '../../src/lease/lease-rules.ts';

const A3 = {host: 'host-a', incarnation: 3};
const A4 = {host: 'host-a', incarnation: 4};
const B3 = {host: 'host-b', incarnation: 3};
const B4 = {host: 'host-b', incarnation: 4};

test('a domain that nobody has had goes to the first that asks', t => {
	t.is(refusalOf({owner: undefined, lease: undefined}, A3), undefined);
});

test('an owner whose lease has run out is followed by a higher incarnation alone', t => {
	t.is(refusalOf({owner: A3, lease: undefined}, B4), undefined);
	t.is(refusalOf({owner: A3, lease: undefined}, B3), 'host-a (incarnation 3) owns it, and a claim of incarnation 3 does not follow that');
	t.is(refusalOf({owner: B4, lease: undefined}, A3), 'host-b (incarnation 4) owns it, and a claim of incarnation 3 does not follow that');
});

test('an owner takes up what it has, with its lease or without', t => {
	t.is(refusalOf({owner: A3, lease: A3}, A3), undefined);
	t.is(refusalOf({owner: A3, lease: undefined}, A3), undefined);
});

test('a lease that is held is in the way of every other claim, of whatever incarnation', t => {
	for (const claim of [B4, B3, A4]) t.is(refusalOf({owner: A3, lease: A3}, claim), 'host-a (incarnation 3) holds its lease');
});
