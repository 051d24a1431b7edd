# The live room: figures, map, timeline, alerts.

measure-is-confirmed = مؤكد
measure-is-final = نهائي
measure-is-preliminary = أولي
measure-part-confirmed = { $n } مؤكدة
measure-part-final = { $n } نهائية
measure-part-preliminary = { $n } أولية
measure-view-events = الأحدث
measure-view-map = خريطة
measure-view-parties = الأطراف
measure-view-posts = المراكز
measure-view-routes = الطرق
measure-view-steps = الساعات
ov-alerts = تنبيهات
ov-all = الكل
ov-all-kinds = كل الأنواع
ov-all-parties = كل الأطراف
ov-all-reported = أبلغت الأطراف المنتظرة كلها ({ $all })
ov-any-state = أي حالة
ov-children = { $n } من الأطفال
ov-clear = إزالة المرشحات
ov-counted = محسوبة
ov-day = اليوم { $n } من { $all }
ov-definition = التعريف
ov-definition-text = السجلات التي يجوز للقارئ معرفتها، غير المسحوبة، حسب وقت حدوثها؛ النتائج المشتركة تحسب مرة واحدة في المجاميع ولكل طرف في سطره
ov-drill-note = لا تظهر إلا الأسطر المشتركة معك. وتبقى هوية الأشخاص مختومة.
ov-editions = مقارنة الدورات
ov-export = تصدير
ov-export-figures = الأرقام حسب الطرف مع التعريف
ov-export-map = الخريطة
ov-export-results = ورقة النتائج
ov-filters = مرشحات
ov-from = من
ov-heard = { $checks } عملية تحقق، { $waiting } نتيجة مطابقة بالانتظار، { $people } { $kind }
ov-hits-due = { $n ->
    [one] نتيجة مطابقة تنتهي مهلتها خلال 30 دقيقة
   *[other] نتائج مطابقة تنتهي مهلتها خلال 30 دقيقة
 }
ov-hits-overdue = { $n ->
    [one] نتيجة مطابقة تجاوزت مهلتها
   *[other] نتائج مطابقة تجاوزت مهلتها
 }
ov-hours = { $n } س
ov-late = { $n } أبلغت متأخرة
ov-pathways-late = { $n } خطوات نحو الحماية متأخرة
ov-wall-keep = اترك هذه الشاشة هنا: أرقام فقط، { $hours } ساعة
ov-wall-name = شاشة جدارية
ov-latest = الأحدث
ov-leave-wall = مغادرة عرض الحائط
ov-legend-routes = الطريق كما روي، والعرض بعدد الأشخاص
ov-map-alternative = المراكز ({ $posts }) والطرق ({ $routes }) على الخريطة متاحة أيضا في جداول: اختر المراكز أو الطرق.
ov-missing = لم يبلغ { $n } من { $all }:
ov-nationalities = جنسيات الأشخاص · { $n }
ov-no-alerts = لم تنته أي مهلة
ov-nothing = لا شيء بعد
ov-now = الآن
ov-one-hit = نتيجة مطابقة
ov-open = فتح
ov-others = نتائج أخرى
ov-period = الفترة
ov-period-begins = بداية الفترة
ov-period-ends = نهاية الفترة
ov-route = { $from } ← { $to }: { $detections } من الأشخاص، { $interviews } مقابلة
ov-since = من
ov-size-by = حجم المراكز حسب
ov-status = الحالة
ov-timeline = الخط الزمني
ov-to = إلى
ov-unknown = غير معروف
ov-unknown-age = العمر غير معروف: { $share }
ov-unknown-nationality = الجنسية غير معروفة: { $share }
ov-until = حتى
ov-views = طريقة العرض
ov-wall = شاشة
ov-whole = العملية كلها
ov-zoom = تكبير
