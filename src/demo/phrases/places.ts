import type { Fourfold } from './subjects.js';

function everywhere(city: string): Fourfold {
  return [`in ${city}`, `en ${city}`, `à ${city}`, `em ${city}`];
}

function inCity(en: string, es: string, fr: string, pt: string): Fourfold {
  return [`in ${en}`, `en ${es}`, `à ${fr}`, `em ${pt}`];
}

/** The venues of generated meetings: a city of the state, with its preposition. */
export const CITIES: Readonly<Record<string, Fourfold>> = {
  AG: everywhere('St. John’s'),
  AR: everywhere('Buenos Aires'),
  BB: everywhere('Bridgetown'),
  BO: everywhere('La Paz'),
  BR: inCity('Brasilia', 'Brasilia', 'Brasilia', 'Brasília'),
  BS: everywhere('Nassau'),
  BZ: inCity('Belmopan', 'Belmopán', 'Belmopan', 'Belmopan'),
  CA: everywhere('Ottawa'),
  CL: everywhere('Santiago'),
  CO: inCity('Bogotá', 'Bogotá', 'Bogota', 'Bogotá'),
  CR: everywhere('San José'),
  DM: everywhere('Roseau'),
  DO: inCity('Santo Domingo', 'Santo Domingo', 'Saint-Domingue', 'São Domingos'),
  EC: everywhere('Quito'),
  GD: everywhere('St. George’s'),
  GT: ['in Guatemala City', 'en la Ciudad de Guatemala', 'à Guatemala', 'na Cidade da Guatemala'],
  GY: everywhere('Georgetown'),
  HN: everywhere('Tegucigalpa'),
  HT: inCity('Port-au-Prince', 'Puerto Príncipe', 'Port-au-Prince', 'Porto Príncipe'),
  JM: everywhere('Kingston'),
  KN: everywhere('Basseterre'),
  LC: everywhere('Castries'),
  MX: ['in Mexico City', 'en la Ciudad de México', 'à Mexico', 'na Cidade do México'],
  PA: ['in Panama City', 'en la Ciudad de Panamá', 'à Panama', 'na Cidade do Panamá'],
  PE: everywhere('Lima'),
  PY: inCity('Asunción', 'Asunción', 'Asuncion', 'Assunção'),
  SR: everywhere('Paramaribo'),
  SV: everywhere('San Salvador'),
  TT: inCity('Port of Spain', 'Puerto España', 'Port-d’Espagne', 'Port of Spain'),
  US: everywhere('Washington'),
  UY: inCity('Montevideo', 'Montevideo', 'Montevideo', 'Montevidéu'),
  VC: everywhere('Kingstown'),
};

/** The states that generated releases may name or be addressed to. */
export const STATES: readonly string[] = [...Object.keys(CITIES), 'CU', 'NI', 'VE'];
