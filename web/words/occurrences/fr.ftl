# Reports from the field: the pages.

## Kinds of report
report-kind-detection = Détection d'une personne migrante
report-kind-victim = Victime de la traite
report-kind-interview = Entretien
report-kind-arrest = Arrestation
report-kind-seizure = Saisie
report-kind-freeze = Gel d'avoirs
report-kind-group = Groupe démantelé
report-kind-investigation = Enquête ouverte
report-kind-incident = Incident
report-kind-notice-request = Demande de notice
report-kinds-detection = Détections
report-kinds-victim = Victimes
report-kinds-interview = Entretiens
report-kinds-arrest = Arrestations
report-kinds-seizure = Saisies
report-kinds-freeze = Gels d'avoirs
report-kinds-group = Groupes
report-kinds-investigation = Enquêtes
report-kinds-incident = Incidents
report-kinds-notice-request = Demandes de notice
report-group-people = Personnes
report-group-results = Résultats de police
report-group-events = Événements et demandes

## States of a report
report-state-preliminary = Provisoire
report-state-confirmed = Confirmé
report-state-final = Définitif
report-state-withdrawn = Retiré
report-standing-draft = Commencé
report-standing-waiting = En attente
report-standing-sent = Envoyé
report-standing-refused = Refusé

## Phone: the list
report-desk = Signaler
report-unsent = Non envoyés
report-outbox = Sur ce téléphone
report-send-now = Envoyer maintenant
report-go-on = Continuer
report-correct = Corriger
report-drop = Supprimer
report-drop-sure = Supprimer définitivement

## Phone: what became of it
report-sent = Envoyé
report-sent-means = Le serveur a le rapport. Rien n'en reste sur ce téléphone.
report-waits = En attente de réseau
report-waits-means = Le rapport est en sécurité sur ce téléphone, chiffré. Il part de lui-même au retour du réseau, une seule fois.
report-waits-memory = Ce navigateur ne garde rien. Laissez cette page ouverte jusqu'à ce que tout soit envoyé.
report-refused = Non accepté
report-refused-by-hub = Le serveur n'a pas accepté ce rapport.
report-next-of-group = Personne suivante du même groupe
report-next-of-group-means = Garde ce que le groupe partage, comme la nationalité et l'itinéraire. Rien de la personne n'est gardé.
report-another = Un autre : { $kind }
report-to-list = Tous les rapports
report-later = Plus tard

## Before signing out
report-leaving = Rapports sur ce téléphone
report-leaving-means = Non envoyés : { $n }. Se déconnecter les supprime de ce téléphone, et personne ne peut les retrouver.
report-leaving-stay = Rester et les envoyer d'abord
report-leaving-go = Les supprimer et se déconnecter

## Statements at the head of a form
report-say-detection = Une personne migrante n'est pas suspecte. Ce rapport n'entre dans aucune liste de surveillance et aucun contrôle ne le recherche.
report-say-victim = Une victime est protégée, jamais suspecte. Son identité est scellée : n'écrivez de noms que dans les champs marqués ainsi.
report-say-interview = L'entretien est volontaire. Un numéro de référence remplace le nom. La personne peut s'arrêter à tout moment.
report-say-child = C'est, ou peut être, un enfant : appelez la protection de l'enfance maintenant. N'attendez pas l'affaire, et pas d'entretien sans tuteur ou personne formée.

## Filling a form in
report-step-where = Quand et où
report-step-send = Relire et envoyer
report-step-of = { $n } sur { $all }
report-happened = Quand cela s'est passé
report-now = Maintenant
report-no-posts = L'opération n'a pas de postes.
report-use-post = Utiliser mon poste
report-no-operation = Choisissez d'abord une opération dans les réglages. Un rapport appartient à une opération.
report-back = Retour
report-next = Suivant
report-to-end = Aller à la fin
report-send = Envoyer
report-change = Modifier
report-search = Tapez pour chercher
report-none-found = Rien trouvé. Essayez une autre orthographe.
report-add-row = En ajouter un
report-drop-row = Retirer le numéro { $n }
report-take-away = Retirer { $what }
report-add-country = Ajouter un pays
report-amount = Montant
report-currency = Devise
report-need-answer = Il faut répondre à ceci.
report-need-form = Illisible sous cette forme. Les dates s'écrivent 1998-05-12, 1998-05 ou 1998 ; les montants 1250.50 avec leur devise.
report-look-above = Champs à corriger : { $n }
report-help-partial-date = Ce que l'on sait : 1998-05-12, 1998-05 ou 1998.
report-sealed-field = Scellé : lu seulement par qui l'ouvre avec un motif.
report-review = Ce que vous signalez
report-edit-section = Modifier : { $section }
report-nothing-said = Rien d'indiqué
report-stopped = L'entretien s'arrête ici
report-stopped-means = La personne ne veut pas, ou n'a pas été informée d'abord. Ne demandez plus rien. Seul le refus est noté ; rien d'autre n'est gardé.
report-stopped-record = Noter le refus
report-stopped-back = C'était une erreur, revenir
report-stopped-leave = Ne rien noter

## Who reads it
report-readers = Qui lira ceci ?
report-readers-usual = Comme d'habitude pour ce rapport
report-readers-usual-open = Toutes les parties de { $operation } lisent le rapport entier.
report-readers-usual-close = Toutes les parties de l'opération comptent les codes : pays, tranche d'âge, itinéraire, jamais un nom ni un récit. Le récit reste : { $party }.
report-readers-own = Ma partie seule
report-readers-own-means = Personne hors de cette partie ({ $party }) ne le lit ni ne le compte.
report-readers-parties = Des parties choisies
report-readers-parties-means = Toutes les parties comptent les codes. Seules celles que vous choisissez lisent le rapport entier.
report-readers-which = Quelles parties ?
report-readers-sealed = Aucune ne lit les champs scellés.

## Room: reports
nav-reports = Rapports
report-kinds = Types de rapport
report-one = Le rapport
report-choose = Choisissez un rapport de la liste.
report-file = Faire un rapport
report-sheets = Tableaux
report-filters = Filtres
report-filter-add = Autres filtres
report-from = Du
report-to = Au
report-lines = Rapports listés
report-line = Ce qui est compté
report-line-means = codes seuls, sans noms
report-line-only = ligne seule
report-version = version { $n }
report-filed-at = déposé { $time }
report-joint = compte une fois avec une autre partie
report-body = Le rapport entier
report-nothing-more = Rien de plus que ce qui est compté.
report-body-closed = Fermé pour vous : son propriétaire ne l'a pas partagé, ou votre rôle ne le lit pas.
report-apart = (accès séparé)
report-sealed = Scellé :
report-sealed-stay = Les champs scellés restent tels quels si vous ne les remplissez pas à nouveau.
report-links = Liens
report-relation-led-by = À la suite de
report-relation-member-of = Membre de
report-relation-against = Contre
report-relation-found-with = Trouvé avec
report-relation-part-of = Partie de
report-relation-travelled-with = A voyagé avec
report-relation-same-person-as = La même personne que
report-relation-concerns = Concerne
report-relation-reference = Voir aussi
report-link-hit = Relier à une correspondance confirmée
report-link-means = Correspondances de votre partie que leur propriétaire a confirmées. Une simple piste n'explique rien.
report-link = Relier
report-no-hits = Aucune correspondance confirmée de votre partie.
report-correcting = Correction
report-correct-reason = Pourquoi cela change
report-deciding = Degré de certitude
report-do-confirmed = Confirmer
report-do-final = Rendre définitif
report-do-withdrawn = Retirer
report-custody = Garde des objets
report-custody-broken = La chaîne ne tient pas : une entrée manque ou a été changée.
report-custody-add = Ajouter une entrée
report-custody-item = Objet
report-custody-act = Ce qui a été fait
report-custody-place = Où
report-custody-seal = Scellé
report-custody-seized = Saisi
report-custody-sealed = Mis sous scellé
report-custody-opened = Ouvert
report-custody-examined = Examiné
report-custody-moved = Déplacé
report-custody-handed-over = Remis
report-custody-stored = Entreposé
report-custody-returned = Rendu
report-custody-destroyed = Détruit
report-sheet-template = Tableau vide avec listes
report-sheet-export = Exporter (XLSX)
report-sheet-means = Le texte libre et l'identité ne sortent jamais dans un tableau.
report-sheet-file = Tableau rempli (XLSX ou CSV)
report-sheet-send = Téléverser
report-sheet-answer = Déposés { $filed }, déjà connus { $repeated }, refusés { $refused }.
report-sheet-rows = Ligne par ligne
report-sheet-row = Ligne
report-sheet-fate = Ce qu'elle est devenue
report-sheet-why = Pourquoi
report-fate-filed = Déposé
report-fate-repeated = Déjà connu
report-fate-refused = Refusé
