"""Addresses."""

from django.urls import path

from nep.documents.views import documents, review

urlpatterns = [
    path("", documents.documents, name="documents"),
    path("dua-vao/", documents.document_new, name="document_new"),
    path("<int:document_id>/", documents.document, name="document"),
    path("<int:document_id>/tep/", documents.document_file, name="document_file"),
    path("<int:document_id>/thong-tin/", documents.document_head, name="document_head"),
    path("<int:document_id>/doc-lai/", documents.document_read, name="document_read"),
    path("<int:document_id>/xem-lai/", review.review, name="review"),
    path("<int:document_id>/xem-lai/quyet-dinh/", review.review_act, name="review_act"),
    path("<int:document_id>/xem-lai/them/", review.review_add, name="review_add"),
    path("<int:document_id>/xem-lai/tao-chuong-trinh/", review.review_finish, name="review_finish"),
    path("<int:document_id>/xem-lai/<int:item_id>/", review.review_edit, name="review_edit"),
]
