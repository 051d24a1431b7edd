# The live room: figures, map, timeline, alerts.

measure-is-confirmed = confirmé
measure-is-final = définitif
measure-is-preliminary = provisoire
measure-part-confirmed = { $n } confirmés
measure-part-final = { $n } définitifs
measure-part-preliminary = { $n } provisoires
measure-view-events = Derniers
measure-view-map = Carte
measure-view-parties = Parties
measure-view-posts = Postes
measure-view-routes = Routes
measure-view-steps = Heures
ov-alerts = Alertes
ov-all = Tout
ov-all-kinds = Tous les types
ov-all-parties = Toutes les parties
ov-all-reported = Les { $all } parties attendues ont rendu compte
ov-any-state = Tout état
ov-children = { $n } enfants
ov-clear = Effacer les filtres
ov-counted = comptés
ov-day = jour { $n } sur { $all }
ov-definition = Définition
ov-definition-text = Enregistrements que le lecteur peut connaître, non retirés, selon la date des faits ; les résultats communs comptent une fois dans les totaux et dans la ligne de chaque partie
ov-drill-note = Seules les lignes partagées avec vous figurent ici. L’identité des personnes reste scellée.
ov-editions = Comparer les éditions
ov-export = Exporter
ov-export-figures = chiffres par partie, avec définition
ov-export-map = carte
ov-export-results = feuille de résultats
ov-filters = Filtres
ov-from = De
ov-heard = { $checks } contrôles, { $waiting } correspondances en attente, { $people } { $kind }
ov-hits-due = { $n ->
    [one] correspondance échoit dans 30 minutes
   *[other] correspondances échoient dans 30 minutes
 }
ov-hits-overdue = { $n ->
    [one] correspondance hors délai
   *[other] correspondances hors délai
 }
ov-hours = { $n } h
ov-late = { $n } en retard
ov-pathways-late = { $n } étapes vers la protection sont en retard
ov-wall-keep = Laisser cet écran ici : chiffres seuls, { $hours } heures
ov-wall-name = Écran mural
ov-latest = Dernières entrées
ov-leave-wall = Quitter la vue murale
ov-legend-routes = route racontée, largeur selon les personnes
ov-map-alternative = Les { $posts } postes et { $routes } routes de la carte sont aussi en tableaux : choisissez Postes ou Routes.
ov-missing = { $n } sur { $all } n’ont pas rendu compte :
ov-nationalities = Nationalités des personnes · { $n }
ov-no-alerts = Aucun délai dépassé
ov-nothing = rien encore
ov-now = maintenant
ov-one-hit = Correspondance
ov-open = Ouvrir
ov-others = autres résultats
ov-period = Période
ov-period-begins = Début de la période
ov-period-ends = Fin de la période
ov-route = { $from } → { $to } : { $detections } personnes, { $interviews } entretiens
ov-since = du
ov-size-by = Taille des postes selon
ov-status = Statut
ov-timeline = Chronologie
ov-to = Vers
ov-unknown = Inconnu
ov-unknown-age = âge inconnu : { $share }
ov-unknown-nationality = nationalité inconnue : { $share }
ov-until = au
ov-views = Afficher en
ov-wall = Mur
ov-whole = Toute l’opération
ov-zoom = Zoomer
