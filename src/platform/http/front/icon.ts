/** Four lines of text, one for each language. */
export const ICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b3d70"/><g stroke-width="3.4" stroke-linecap="round"><path d="M8 8.5h16" stroke="#fff"/><path d="M8 13.5h11" stroke="#8fd3ff"/><path d="M8 18.5h16" stroke="#ffd166"/><path d="M8 23.5h8" stroke="#9be3a8"/></g></svg>`;

/** The same icon with 32 by 32 pixels, for programs that request /favicon.ico. */
export const ICON_ICO = Buffer.from(
  [
    'AAABAAEAICAAAAEAIAD0AgAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAAgAAAAIAgGAAAAc3p69AAAAqlJREFUeJzEl01rE1EUht87',
    'TlqaafELWiIVUXBhIUUQpaapqCBFKeKu3WgkdOPG1rUrf0GzVLRdFPoHRFG6kIJtTBShC9NYLChajFEKUZPYZpIc74mmCM6dfEyS',
    'PqtJzj3nfe/NmUuOjn85O7nHbdItaGJAEI5DoBuNgPCVBJZRpEjWJaawEEqVQ6L84B6cvAhBD4QQB9BEiOgzSIxnl0JPtg0YQxPD',
    '8vEpWggVcYlNCPhv7HWL9ph04kEL4ZPIFjSv1kHtgVaLM/xTd2h0TdM0GsAOwdo6kex4Yb1g/24DfYedHc7K+wQ2vmcsY6ytS/FD',
    'VsERvxezdwJoc+2CE3JmAWO3pzEfif8XY21NlTh+xedYnOEawcs+ZVxpYPZxtOTeKVxj5mFYGRfG0CSpgs3uAUa3S/4lD2A9g6pJ',
    'JhLIpmtIsDNwrN+L0fEAdL36PsjnC5i7N413sXjVOcoeOHXGV5M4w+tP+n015SgNvA5HSzuqBV7/ajFcU45tE7o7DfR4qm/ChvYA',
    '04E0erGKaum18LqS0LCRFqjZwEh/AbPBLbTZWqxMLg+M3W/DfMy6kPomHDIdizNcIzio7iX1TfhCL7l3CteYWVK/TfY3YSehz1OE',
    'E+ruAWZTuJDQ3XZLkFjPIvOz/qNSGvCe2IfAzaPQXcK2QN4kTE+tIr6cQj0oe2DwQndFcYbX+M73oF6UBiIL30q7qwSvCT9Lol6E',
    '4Z/4Iv+aWG7B6NLh6W1iDxAldZ5Y5EEPW8W58Fr8B5oFa2tEcmTaIVhbo7y4K5/ra2FnpFhb24yEPhSpGESLIYjrrF26I/Mfo29d',
    'Bwdeyq/PyYmlC03k73A6ml0MPeLP25e0+SmyZh45PeMqUE6+FVtyPO+So6uBRvBnPF+S4/mcHM+vms9Db8qh3wAAAP//WDrlXQAA',
    'AAZJREFUAwBQiwetdynZPwAAAABJRU5ErkJggg==',
  ].join(''),
  'base64',
);
