import type { PerLocale } from '../../src/kernel/locale.js';

export type WordPair = readonly [string, string];

/** Forms of one word: a search for one of them finds the other, with and without accents. */
export const SAME_WORD: PerLocale<readonly WordPair[]> = {
  ES: pairs(`
    organización/organizaciones declaración/declaraciones institución/instituciones
    resolución/resoluciones contribución/contribuciones operación/operaciones delegación/delegaciones
    interés/intereses joven/jóvenes crimen/crímenes régimen/regímenes voz/voces democracia/democrático
    huracán/huracanes elección/elecciones mujer/mujeres país/países ley/leyes juez/jueces paz/paces
    capaz/capaces lápiz/lápices imagen/imágenes orden/órdenes examen/exámenes origen/orígenes
    líder/líderes ciudad/ciudades nacional/nacionales hogar/hogares valor/valores acuerdo/acuerdos
    niño/niños niña/niñas niño/niñas observa/observó observar/observaron inglés/ingleses inglés/inglesa
    portugués/portuguesas misión/misiones reunión/reuniones reunir/reunió reuniones/reunión
    decidió/decidir avance/avances sede/sedes red/redes calle/calles hombre/hombres economía/económico
    tecnología/tecnológica secretario/secretaria senador/senadora directora/directores millón/millones
    corazón/corazones capitán/capitanes almacén/almacenes virgen/vírgenes autor/autores cárcel/cárceles
    difícil/difíciles útil/útiles refugiado/refugiadas bien/bienes tren/trenes plan/planes
    taller/talleres aprobó/aprobada aprobar/aprobado firmó/firmar presidente/presidentes
    presidenta/presidentas raíz/raíces luz/luces feliz/felices martes/martes relación/relaciones
    televisión/televisiones comisión/comisiones adhesión/adhesiones cooperación/cooperaciones
    setiembre/septiembre vivienda/viviendas mes/meses dólar/dólares migrante/migrantes
    votación/votaciones democrática/democráticos demócrata/democracia francés/franceses jardín/jardines
    común/comunes algodón/algodones rey/reyes ciudadano/ciudadanos ciudadanía/ciudadano
    candidato/candidatas víctima/víctimas crisis/crisis análisis/análisis
  `),
  FR: pairs(`
    adopté/adoptée déclaré/déclarée privé/privées premier/première travail/travaux nouveau/nouvelle
    actif/active citoyen/citoyenneté adopté/adoptés adopter/adoptées déclarer/déclarées
    nouveaux/nouvelles beau/belle national/nationaux régional/régionale journal/journaux cheval/chevaux
    général/généraux étranger/étrangère dernier/dernière heureux/heureuse directeur/directrice
    sénateur/sénatrice chercheur/chercheuse électeur/électrice canadien/canadienne haïtien/haïtiennes
    européen/européenne public/publique grec/grecque long/longue blanc/blanche franc/franche
    vieux/vieille lieu/lieux enjeu/enjeux feu/feux bureau/bureaux réseau/réseaux eau/eaux
    sécurité/sécurités société/sociétés liberté/libertés élection/élections organisation/organisations
    organiser/organisation réuni/réunie réunir/réunis déclaration/déclarations droit/droits femme/femmes
    état/états pays/pays législatif/législative administratif/administratives passif/passive vif/vive
    bref/brève professionnel/professionnelle bon/bonne gros/grosse net/nette secret/secrète
    complet/complète discret/discrète égal/égaux égal/égale social/sociaux année/années comité/comités
    musée/musées idée/idées voix/voix œil/yeux ciel/cieux vitrail/vitraux bail/baux signé/signées
    élu/élue tenu/tenue ministre/ministres œuvre/œuvres communiqué/communiqués accord/accords
    approuvé/approuvées ouvert/ouvertes nommé/nommée ancien/ancienne international/internationaux
    internationale/internationaux travailleur/travailleuse ambassadeur/ambassadrice
    observateur/observatrice clé/clef doux/douce faux/fausse roux/rousse jaloux/jalouse fou/folle
    sec/sèche mission/missions observateurs/observatrices jeune/jeunes
  `),
  PT: pairs(`
    português/portugueses nacional/nacionais possível/possíveis papel/papéis fácil/fáceis lei/leis
    jovem/jovens mão/mãos eleição/eleições organização/organizações cidadão/cidadãos cidadão/cidadã
    pão/pães alemão/alemães mulher/mulheres país/países juiz/juízes voz/vozes luz/luzes capaz/capazes
    homem/homens imagem/imagens viagem/viagens bem/bens fim/fins bom/bons som/sons geral/gerais
    social/sociais nível/níveis difícil/difíceis útil/úteis civil/civis perfil/perfis juvenil/juvenis
    espanhol/espanhóis farol/faróis azul/azuis rei/reis herói/heróis mãe/mães irmão/irmãos irmão/irmã
    órgão/órgãos missão/missões decisão/decisões declaração/declarações setor/setores flor/flores
    líder/líderes valor/valores mês/meses vez/vezes português/portuguesa inglês/inglesa reunião/reuniões
    reuniu/reunir observa/observou aprovado/aprovada aprovar/aprovou senador/senadora diretor/diretora
    trabalhador/trabalhadoras acordo/acordos direito/direitos acção/ação projecto/projeto
    director/diretor actual/atual electricidade/eletricidade objectivo/objetivo economia/econômico
    democracia/democrático animal/animais hospital/hospitais tribunal/tribunais frágil/frágeis
    móvel/móveis míssil/mísseis álbum/álbuns comum/comuns ordem/ordens margem/margens feliz/felizes
    raiz/raízes cruz/cruzes opinião/opiniões milhão/milhões capitão/capitães coração/corações
    eleitor/eleitores militar/militares lugar/lugares popular/populares barril/barris funil/funis
    sol/sóis caracol/caracóis secretário/secretária universidade/universidades cidade/cidades
    ministério/ministérios gás/gases
  `),
  EN: pairs(`
    program/programme organization/organisation labor/labour center/centre defense/defence
    judgment/judgement woman/women child/children analysis/analyses organization/organizational
    programs/programmes organize/organised organizing/organisations recognize/recognised color/colour
    neighbor/neighbours honor/honoured behavior/behaviour theater/theatre license/licence
    offense/offence traveled/travelled counselor/counsellor fulfill/fulfil enrollment/enrolment
    catalog/catalogue dialog/dialogue gray/grey man/men person/persons policy/policies country/countries
    crisis/crises criterion/criteria met/meeting held/hold elected/elections election/elect
    observed/observing said/saying signed/signs agreement/agreements democracy/democracies
    analyze/analyse analyzed/analysing archeology/archaeology pediatric/paediatric maneuver/manoeuvre
    meter/metres kilometer/kilometres liter/litre fiber/fibre skillful/skilful artifact/artefact
    aging/ageing check/cheque plow/plough wife/wives knife/knives life/lives half/halves foot/feet
    tooth/teeth phenomenon/phenomena index/indices university/universities authority/authorities
    ministry/ministries leader/leaders candidate/candidates president/presidents mobilize/mobilisation
    specialize/specialised modernization/modernisation urbanization/urbanisation
    civilization/civilisations hospitalized/hospitalised labeled/labelled modeling/modelling
    canceled/cancelled harbor/harbours rumor/rumour favor/favourable practice/practise wolf/wolves
    bus/buses box/boxes church/churches city/cities vote/voting migrant/migrants sworn/swear
    chosen/choose written/write security/securities took/taken hypothesis/hypotheses
    acknowledgment/acknowledgement
  `),
};

/** Different words, however alike: neither finds the other. */
export const OTHER_WORD: PerLocale<readonly WordPair[]> = {
  ES: pairs(`
    organización/organismo organización/órgano universidad/universo universidad/universal
    política/policía caso/casa puerto/puerta modo/moda papa/papel general/genético general/género
    nación/nacimiento mar/marea mar/marzo paz/pacto ministro/ministerio libro/libra interés/internet
    joven/joya orden/ordinario crimen/crimea minas/ministro presidente/presidio voto/votivo
    puesto/puerto hombre/hombro hora/oro
  `),
  FR: pairs(`
    organisation/organisme organe/organisation université/univers armée/arme pays/payer mer/mère
    port/porte général/génétique nation/naissance année/anneau mois/moi cour/cours ministre/ministère
    police/politique fils/fil travail/travers voix/voie acte/actif privé/prix paix/pair cas/case
    poids/pois
  `),
  PT: pairs(`
    organização/organismo órgão/organização universidade/universo casa/caso porto/porta pai/país
    geral/gerar nação/nascimento ministro/ministério polícia/política papel/papa mão/mau lei/leite
    mar/março rei/real direito/diretor país/paisagem voto/voz pacto/pato facto/facção
  `),
  EN: pairs(`
    organization/organ organization/organism university/universe news/new police/policy important/import
    executive/execution emergency/emerge several/severe authority/author experience/experiment
    general/genetic general/generation army/arm secretary/secret minister/minor nation/native
    state/station women/womb party/part president/presence customs/custom law/lawn media/medium
    meeting/meter race/raise price/prize community/communist community/communication commission/commit
    election/electric constitution/consultation capital/capitol resolution/resolve international/intern
    rational/ration policy/politics
  `),
};

function pairs(list: string): WordPair[] {
  return list
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split('/') as [string, string]);
}

export function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}
