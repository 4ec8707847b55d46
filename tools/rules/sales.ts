import type { Chapter } from './chapter.ts';
import { MARKET } from './profile.ts';

/** Sales by where they go, and by what their lines are. */
export const SALES: readonly Chapter[] = [
  {
    title: 'La vente selon sa destination',
    text: `Comptoir range chaque vente sous un **régime de TVA**, d'après le pays du vendeur (\`advanced.country\`), l'adresse sur laquelle la boutique a
calculé la taxe, les taxes effectivement facturées et le numéro de TVA du client. Le régime est une clé de toutes les correspondances : c'est lui qui
choisit ici le compte 707 de chaque vente. La TVA elle-même n'est jamais recalculée : c'est celle que la boutique a facturée, taux par taux.`,
    examples: [
      {
        title: 'Vente en France, deux taux',
        text: 'Client débité du TTC, ventes créditées du HT, TVA collectée par taux. Les lignes de vente de taux différents restent distinctes, car elles portent des codes TVA différents.',
        documents: [
          { sketch: 'sale FR:69003; product 100.00 20% 20.00; product 40.00 5.5% 2.20; paid card 162.20 fee=2.68' },
        ],
      },
      {
        title: 'Vente à distance à un particulier de l’Union (guichet unique OSS)',
        text: `Au-delà de 10 000 € de ventes à distance par an dans l'Union, ou sur option, la TVA est celle de l'État d'arrivée (CGI, art. 258 A ; directive 2006/112/CE, art. 33). Elle est
déclarée au guichet unique, chaque trimestre, et non sur la CA3 : elle a son propre compte par pays et par taux. Une TVA étrangère sans compte retient le document ; elle ne
tombe jamais dans un compte de TVA française.`,
        documents: [
          { sketch: 'sale DE:10115; product 100.00 19% 19.00; shipping 8.00 19% 1.52; paid paypal 128.52 fee=4.10' },
        ],
      },
      {
        title: 'Vente à distance au-dessous du seuil',
        text: 'Tant que le seuil n’est pas franchi, la TVA française reste due : le profil le dit, et donne le compte de cette TVA aux ventes traitées comme faites en France, où qu’elles arrivent.',
        set: {
          'advanced.distanceSales': 'home',
          'mappings.taxes.exceptions[+]': { treatment: 'domestic', item: '20%', account: '445711', code: 'C20' },
        },
        documents: [{ sketch: 'sale BE:1000; product 50.00 20% 10.00; paid card 60.00' }],
      },
      {
        title: 'Exportation hors de l’Union',
        text: 'Exonérée (CGI, art. 262, I). Le port suit le régime des marchandises.',
        documents: [{ sketch: 'sale CH:1201; product 100.00; shipping 18.00; paid card 118.00' }],
      },
      {
        title: 'Livraison intracommunautaire à un assujetti',
        text: `Exonérée lorsque l'acquéreur a un numéro de TVA valide d'un autre État (CGI, art. 262 ter, I). Comptoir ne retient ce régime que si aucune TVA n'a été facturée *et* si le numéro a
la forme d'un numéro d'un autre État membre ; la validité dans VIES et l'état récapitulatif restent à la charge du vendeur.`,
        documents: [{ sketch: 'sale DE:10115 vat=DE811569869; product 250.00; shipping 12.00; paid transfer 262.00' }],
      },
      {
        title: 'Sans TVA, et sans numéro de TVA valide',
        text: 'La même vente sans numéro n’est pas une livraison intracommunautaire : elle va au compte des ventes sans TVA, où elle se voit.',
        documents: [{ sketch: 'sale DE:10115; product 250.00; paid transfer 250.00' }],
      },
      {
        title: 'Vente vers un département d’outre-mer, sans TVA',
        text: 'De la métropole vers la Guadeloupe, la Martinique, La Réunion, la Guyane ou Mayotte, la vente est assimilée à une exportation (CGI, art. 294). Le territoire est reconnu à son code postal, même quand la boutique écrit « France ».',
        documents: [{ sketch: 'sale FR:97400; product 100.00; shipping 15.00; paid card 115.00' }],
      },
      {
        title: 'Vente à La Réunion, à la TVA de 8,5 %',
        text: 'Le taux normal y est de 8,5 % (CGI, art. 296). S’il est facturé, il a son propre compte.',
        documents: [{ sketch: 'sale FR:97400; product 100.00 8.5% 8.50; paid card 108.50' }],
      },
      {
        title: 'TVA d’un pays hors de l’Union',
        text: 'Un vendeur immatriculé au Royaume-Uni y facture la TVA britannique : ni exportation sans TVA, ni TVA française. Cette TVA a son compte, ou le document attend.',
        documents: [{ sketch: 'sale GB:SW1A; product 60.00 20% 12.00; paid card 72.00' }],
      },
      {
        title: 'Vente par une place de marché',
        text: `Les comptes de vente de la *méthode de paiement* passent avant ceux de la règle de taxe : une place de marché a ainsi les siens, et ce qu'elle doit reverser se lit au compte 467. La vente
est passée pour son montant brut ; la commission est un achat, sur la facture de la place de marché.`,
        set: MARKET,
        documents: [{ sketch: 'sale FR:75011; product 30.00 20% 6.00; paid market 36.00' }],
      },
      {
        title: 'Place de marché redevable de la TVA (fournisseur présumé)',
        text: 'Quand la place de marché est réputée vendre elle-même (directive 2006/112/CE, art. 14 bis), elle reverse la TVA : la vente est passée hors taxe, sur un compte à part.',
        set: MARKET,
        documents: [{ sketch: 'sale DE:10115; product 30.00 0% 0.00 stated=marketplace; paid market 30.00' }],
      },
    ],
  },
  {
    title: 'Les lignes de la vente',
    text: `Chaque nature de ligne a son compte, avec ou sans TVA. *Avec TVA* veut dire : au moins une taxe de taux supérieur à zéro, même si son montant s'arrondit à 0,00.
Les lignes d'une écriture viennent toujours dans le même ordre : client, ventes, remises, éco-participation, port, emballage, frais, pourboires, droits, cartes cadeaux, TVA, arrondis.`,
    examples: [
      {
        title: 'Remise sur facture, au net (par défaut)',
        text: 'Une remise portée sur la facture d’origine n’est pas comptabilisée : le compte 707 reçoit le net commercial. C’est l’usage du PCG, et le réglage par défaut.',
        documents: [{ sketch: 'sale FR:69003; product 90.00 20% 18.00 was=100.00; paid card 108.00' }],
      },
      {
        title: 'Remise sur facture, sur sa propre ligne',
        text: 'Présentation de gestion : le prix avant remise au crédit du 707, la remise au débit du 7097. La base de TVA ne change pas.',
        set: { 'entries.discountLines': true },
        documents: [{ sketch: 'sale FR:69003; product 90.00 20% 18.00 was=100.00; paid card 108.00' }],
      },
      {
        title: 'Port offert, avec lignes de remise',
        set: { 'entries.discountLines': true },
        documents: [
          { sketch: 'sale FR:69003; product 50.00 20% 10.00; shipping 0.00 20% 0.00 was=4.90; paid card 60.00' },
        ],
      },
      {
        title: 'Port et emballage cadeau',
        documents: [
          {
            sketch:
              'sale FR:69003; product 40.00 20% 8.00; shipping 4.92 20% 0.98; wrapping 2.50 20% 0.50; paid card 56.90',
          },
        ],
      },
      {
        title: 'Frais (contre remboursement, petite commande)',
        text: 'La méthode *contre remboursement* n’est pas cochée *créer* : aucun règlement n’est écrit, le client reste débiteur jusqu’à ce que le transporteur ait reversé.',
        documents: [{ sketch: 'sale FR:69003; product 40.00 20% 8.00; fee 3.00 20% 0.60; paid delivery 51.60' }],
      },
      {
        title: 'Pourboire reversé au personnel',
        text: 'Sans TVA, il n’est pas un produit : une dette envers le personnel jusqu’à son reversement. Un pourboire que la boutique garde, taxé, a un compte de produit.',
        documents: [{ sketch: 'sale FR:69003; product 40.00 20% 8.00; tip 5.00; paid card 53.00' }],
      },
      {
        title: 'Droits de douane encaissés d’avance',
        text: 'Encaissés pour le compte de la douane ou du transporteur, ils ne sont pas un produit.',
        documents: [{ sketch: 'sale CH:1201; product 100.00; duty 8.10; paid card 108.10' }],
      },
      {
        title: 'Éco-participation isolée du prix',
        text: 'Elle est taxée comme le bien. Par défaut elle reste dans le prix du produit ; le réglage `reading.separateEcotax` l’isole.',
        set: { 'reading.separateEcotax': true },
        documents: [{ sketch: 'sale FR:69003; product 199.00 20% 39.80; ecotax 5.00 20% 1.00; paid card 244.80' }],
      },
      {
        title: 'Carte cadeau vendue',
        text: 'Une carte à usages multiples n’est pas taxée à sa vente (CGI, art. 256 ter) : c’est une dette envers son porteur, non un produit.',
        documents: [{ sketch: 'sale FR:69003; giftCard 50.00; paid card 50.00' }],
      },
      {
        title: 'Carte cadeau utilisée',
        text: 'La vente est taxée en entier ; la carte est un moyen de paiement qui éteint la dette, au journal des ventes puisque rien ne passe en banque.',
        documents: [
          { sketch: 'sale FR:69003; product 60.00 20% 12.00; paid gift 50.00 type=giftCard; paid card 22.00' },
        ],
      },
      {
        title: 'Avoir de la boutique (crédit du client) utilisé',
        documents: [{ sketch: 'sale FR:69003; product 20.00 20% 4.00; paid credit 24.00 type=storeCredit' }],
      },
      {
        title: 'Arrondi de caisse',
        text: 'Arrondi au plus proche de la pièce de 0,05 : il va au compte qui lui est donné, à défaut à ceux des écarts d’arrondi.',
        documents: [{ sketch: 'sale CH:1201; product 40.03; rounding 0.02; paid card 40.05' }],
      },
      {
        title: 'Sections analytiques',
        text: 'La section vient de la règle de taxe du produit et du pays ; les lignes de sections différentes ne se mêlent pas. Le port n’en reçoit que si le profil le demande.',
        set: { 'entries.analytics': true, 'entries.analyticsForCarriers': true },
        documents: [
          {
            sketch:
              'sale FR:69003; product 100.00 20% 20.00 rule=normal; product 40.00 5.5% 2.20 rule=livres; shipping 5.00 20% 1.00 rule=normal; paid card 168.20',
          },
        ],
      },
    ],
  },
];
